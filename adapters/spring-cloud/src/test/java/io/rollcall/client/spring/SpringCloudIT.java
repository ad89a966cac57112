package io.rollcall.client.spring;

import static io.rollcall.client.spring.Applications.start;
import static io.rollcall.client.spring.Applications.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Selection;
import io.rollcall.client.junit.RollcallExtension;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.ProviderOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Boot applications with Spring Cloud LoadBalancer call real servers that are in a real registry. */
final class SpringCloudIT {

    @RegisterExtension
    static final RollcallExtension REGISTRY =
            RollcallExtension.builder().setting("watch.sync-interval", "1s").build();

    private static RegistryClient client;
    private static InstanceProvider provider;
    private static ConfigurableApplicationContext caller;

    @BeforeAll
    static void startCaller() {
        client = REGISTRY.client();
        provider = client.provider(ProviderOptions.defaults().withShutdownHook(false));
        caller = start(
                Applications.Blocking.class,
                WebApplicationType.SERVLET,
                REGISTRY.urls(),
                "spring.application.name=caller",
                "spring.cloud.discovery.reactive.enabled=false",
                "spring.cloud.rollcall.discovery.sync-interval=1s",
                "spring.cloud.loadbalancer.zone=z1",
                "spring.cloud.loadbalancer.clients.zoned.configurations=zone-preference",
                "management.endpoint.health.show-details=always",
                "management.endpoint.health.show-components=always");
    }

    @AfterAll
    static void close() {
        caller.close();
        provider.close();
    }

    private final List<Backend> backends = new ArrayList<>();

    private Backend backend(String service, String id) throws Exception {
        return backend(service, id, builder -> builder);
    }

    private Backend backend(String service, String id, UnaryOperator<RegistrationBuilder> change) throws Exception {
        Backend started = new Backend(client, provider, service, id, change);
        backends.add(started);
        return started;
    }

    @AfterEach
    void endBackends() {
        backends.forEach(Backend::end);
    }

    @Test
    void threadsThatWaitFollowInstancesThatComeAndGo() throws Exception {
        followsInstancesThatComeAndGo(caller, "orders");
    }

    @Test
    void eventLoopsFollowInstancesThatComeAndGo() throws Exception {
        try (var reactive = start(
                Applications.Reactive.class,
                WebApplicationType.REACTIVE,
                REGISTRY.urls(),
                "spring.application.name=reactive-caller",
                "spring.cloud.discovery.blocking.enabled=false")) {
            followsInstancesThatComeAndGo(reactive, "users");

            assertThat(reactive.getBean(ReactiveDiscoveryClient.class)
                            .getServices()
                            .collectList()
                            .block())
                    .contains("reactive-caller");
        }
    }

    private void followsInstancesThatComeAndGo(ConfigurableApplicationContext application, String service)
            throws Exception {
        backend(service, "stays");
        Backend goes = backend(service, "goes");
        try (var calls = new Calls(url(application) + "/call/" + service)) {
            calls.awaitAnswersOf("stays", "goes");

            goes.leave();
            calls.awaitAnswersOf("stays");
            // Now that nobody calls it.
            goes.stop();
            Backend comes = backend(service, "comes");
            calls.awaitAnswersOf("stays", "comes");
            comes.leave();
            calls.awaitAnswersOf("stays");

            // And not one call failed.
            assertThat(calls.since(0)).containsExactlyInAnyOrder("stays", "goes", "comes");
        }
    }

    @Test
    void anApplicationRegistersItselfAndLeavesBeforeItStops() throws Exception {
        backend("greeter", "other");
        try (var calls = new Calls(url(caller) + "/call/greeter")) {
            calls.awaitAnswersOf("other");

            var greeter = start(
                    Applications.Greeter.class,
                    WebApplicationType.SERVLET,
                    REGISTRY.urls(),
                    "spring.application.name=greeter",
                    "spring.cloud.rollcall.registration.instance-id=greeter-1",
                    "spring.cloud.rollcall.registration.tags.env=test",
                    "spring.cloud.rollcall.registration.zone=z2");
            Instance registered = await().atMost(Duration.ofSeconds(10))
                    .until(() -> find("greeter", "greeter-1"), found -> found != null);
            assertThat(url(greeter)).endsWith(":" + registered.registration().port());
            assertThat(registered.registration().tags()).containsEntry("env", "test");
            assertThat(registered.registration().zone()).isEqualTo("z2");
            calls.awaitAnswersOf("other", "greeter");

            greeter.close();

            assertThat(find("greeter", "greeter-1")).isNull();
            calls.awaitAnswersOf("other");
            // It was called until it left, and it left before its server stopped.
            assertThat(calls.since(0)).containsExactlyInAnyOrder("other", "greeter");
        }
    }

    @Test
    void theOwnZoneIsPreferredAsLongAsItHasInstances() throws Exception {
        Backend near = backend("zoned", "near", builder -> builder.zone("z1"));
        backend("zoned", "far", builder -> builder.zone("z2"));
        try (var calls = new Calls(url(caller) + "/call/zoned")) {
            calls.awaitAnswersOf("near");

            near.leave();

            calls.awaitAnswersOf("far");
            assertThat(calls.since(0)).containsExactlyInAnyOrder("near", "far");
        }
    }

    @Test
    void instancesWithoutWeightTakeNoCalls() throws Exception {
        backend("weighted", "heavy");
        backend("weighted", "light", builder -> builder.weight(0));
        try (var calls = new Calls(url(caller) + "/call/weighted")) {
            calls.awaitAnswersOf("heavy");
            assertThat(calls.since(0)).containsExactly("heavy");
        }
    }

    @Test
    void changesAreToldToTheApplication() throws Exception {
        var events = new AtomicInteger();
        caller.addApplicationListener((ApplicationListener<HeartbeatEvent>) event -> events.incrementAndGet());
        var discovery = caller.getBean(DiscoveryClient.class);
        assertThat(discovery.getInstances("told")).isEmpty();
        int before = events.get();

        backend("told", "told-1");

        await().untilAsserted(() -> assertThat(events.get()).isGreaterThan(before));
        assertThat(discovery.getInstances("told"))
                .extracting(ServiceInstance::getInstanceId)
                .containsExactly("told-1");
        assertThat(discovery.getServices()).contains("told", "caller");
    }

    @Test
    void callsGoOnWhileTheRegistryIsAway() throws Exception {
        backend("unshaken", "unshaken-1");
        try (var calls = new Calls(url(caller) + "/call/unshaken")) {
            calls.awaitAnswersOf("unshaken-1");
            awaitHealth(Status.UP);

            REGISTRY.node(1).kill();
            try {
                awaitHealth(Status.UNKNOWN);
                calls.awaitAnswersOf("unshaken-1");
            } finally {
                REGISTRY.node(1).start();
                REGISTRY.node(1).awaitReady();
            }

            awaitHealth(Status.UP);
            assertThat(calls.since(0)).containsExactly("unshaken-1");
        }
    }

    private static void awaitHealth(Status status) {
        HealthEndpoint health = caller.getBean(HealthEndpoint.class);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(health.healthForPath("rollcall").getStatus()).isEqualTo(status));
    }

    private static Instance find(String service, String id) {
        return client
                .discover(client.service(service), Selection.any(), ReadOptions.linearizable())
                .orThrow()
                .instances()
                .stream()
                .filter(instance -> instance.key().id().value().equals(id))
                .findFirst()
                .orElse(null);
    }
}
