package io.rollcall.client.provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Registration;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.error.RegistryException;
import io.rollcall.client.fake.FakeCluster;
import io.rollcall.client.fake.FakeCluster.Asked;
import io.rollcall.client.fake.FakeCluster.Mode;
import io.rollcall.client.provide.RegistrationEvent.Deregistered;
import io.rollcall.client.provide.RegistrationEvent.Registered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InstanceProviderTest {

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String KEY = "orders/o-1";

    private final FakeCluster cluster = new FakeCluster(3);
    private final List<RegistrationEvent> events = new CopyOnWriteArrayList<>();
    private final ProviderOptions options = ProviderOptions.defaults()
            .withShutdownHook(false)
            .withIdentity(new ProcessIdentity("orders", null, "1.2.0"))
            .withListener(events::add);
    private final RegistryClient client =
            RegistryClient.builder().servers(cluster.urls()).build();

    @AfterEach
    void close() {
        cluster.all(Mode.BROKEN);
        client.close();
        cluster.close();
    }

    private InstanceProvider start(ProviderOptions how) {
        cluster.pace("1s", "333ms");
        return client.provider(how.withCloseTimeout(Duration.ofSeconds(2)));
    }

    private List<Asked> beats() {
        return cluster.asked("POST", "/heartbeats");
    }

    private static void awaitAllRegistered(InstanceProvider provider) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(provider.live()).allMatch(live -> live.state() == RegistrationState.REGISTERED));
    }

    @Test
    void registersBeatsAndTakesItOutAtTheEnd() {
        Instant before = Instant.now();
        InstanceProvider provider = start(options);

        LiveRegistration live = provider.register(Rig.registration("o-1", TTL));
        assertThat(live.state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(live.instance())
                .get()
                .satisfies(instance -> assertThat(instance.incarnation()).isEqualTo(cluster.incarnation(KEY)));
        assertThat(live.lastAcknowledged())
                .get()
                .satisfies(time -> assertThat(time).isAfterOrEqualTo(before.minusMillis(100)));
        assertThat(provider.live()).hasSize(1);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(beats()).hasSizeGreaterThanOrEqualTo(2));
        provider.close();

        assertThat(cluster.count()).isZero();
        assertThat(live.state()).isEqualTo(RegistrationState.DEREGISTERED);
        assertThat(events)
                .containsExactly(new Registered(live.instance().orElseThrow()), new Deregistered(live.key(), true));
        List<String> lines = cluster.lines();
        assertThat(lines.get(lines.size() - 2)).startsWith("POST /services/orders/instances/o-1/drain?wait=");
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("DELETE /services/orders/instances/o-1?incarnation="
                        + live.instance().orElseThrow().incarnation());
        assertThatThrownBy(() -> provider.register(Rig.registration("o-1", TTL)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void describesThisProcess() {
        try (InstanceProvider provider = start(options)) {
            LiveRegistration live = provider.register(8080);

            Registration self = live.registration();
            assertThat(live.key().toString()).endsWith("orders/127.0.0.1-8080");
            assertThat(self.host()).isEqualTo("127.0.0.1");
            assertThat(self.port()).isEqualTo(8080);
            assertThat(self.version()).isEqualTo("1.2.0");
            assertThat(cluster.registration("orders/127.0.0.1-8080")).isEqualTo(self);
        }
    }

    @Test
    void takesTheIdOfTheProcessAndSaysWhenTheNameIsNoName() {
        try (InstanceProvider provider = start(options.withIdentity(new ProcessIdentity("no name", "i-7", "")))) {
            assertThat(provider.self("users", 80).build().key().id().value()).isEqualTo("i-7");
            assertThatThrownBy(() -> provider.self(80))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith("service.name");
        }
        try (InstanceProvider provider = start(options.withIdentity(new ProcessIdentity(null, null, "")))) {
            assertThatThrownBy(() -> provider.self(80))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("OTEL_SERVICE_NAME");
        }
    }

    @Test
    void aRefusedRegistrationThrowsAndIsNotKept() {
        try (InstanceProvider provider = start(options)) {
            Registration bad =
                    Rig.registration("o-1", TTL).toBuilder().weight(70_000).build();

            assertThatThrownBy(() -> provider.register(bad)).isInstanceOf(RegistryException.class);

            assertThat(provider.live()).isEmpty();
            provider.register(Rig.registration("o-1", TTL));
            assertThatThrownBy(() -> provider.register(Rig.registration("o-1", TTL)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aRegistrationThatNobodyAnswersThrowsAndIsNotKept() {
        cluster.all(Mode.NO_LEADER);
        try (InstanceProvider provider = start(options.withRegisterTimeout(Duration.ofMillis(100)))) {
            assertThatThrownBy(() -> provider.register(Rig.registration("o-1", TTL)))
                    .isInstanceOf(RegistryException.class);

            assertThat(provider.live()).isEmpty();
        }
    }

    @Test
    void aServiceStartsBeforeItsRegistry() {
        cluster.all(Mode.NO_LEADER);
        try (InstanceProvider provider = start(options)) {
            LiveRegistration live = provider.registerEventually(Rig.registration("o-1", TTL));
            assertThat(live.state()).isEqualTo(RegistrationState.REGISTERING);
            assertThat(live.instance()).isEmpty();
            assertThat(live.lastAcknowledged()).isEmpty();
            assertThat(live.drain(Duration.ZERO)).isInstanceOf(Outcome.Unanswered.class);

            cluster.all(Mode.UP);

            await().atMost(LIMIT).untilAsserted(() -> assertThat(live.state()).isEqualTo(RegistrationState.REGISTERED));
        }
    }

    @Test
    void whatTheRegistryLostIsBackSoon() {
        try (InstanceProvider provider = start(options)) {
            for (int i = 0; i < 50; i++) {
                provider.registerEventually(Rig.registration("o-" + i, TTL));
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(cluster.count()).isEqualTo(50));

            cluster.forgetAll();

            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(cluster.count()).isEqualTo(50);
                assertThat(provider.live()).allMatch(live -> live.state() == RegistrationState.REGISTERED);
            });
        }
    }

    @Test
    void anUpdateReturnsWhenItIsDone() {
        try (InstanceProvider provider = start(options)) {
            LiveRegistration live = provider.register(Rig.registration("o-1", TTL));

            live.update(builder -> builder.weight(7).tags(Map.of("env", "test")));

            assertThat(cluster.registration(KEY).weight()).isEqualTo(7);
            assertThat(live.registration()).isEqualTo(cluster.registration(KEY));
            assertThatThrownBy(() -> live.update(builder -> builder.weight(-1))).isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> live.update(builder -> Rig.registration("o-2", TTL).toBuilder()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(live.registration().weight()).isEqualTo(7);
            assertThat(live.deregister()).isTrue();
            assertThat(cluster.holds(KEY)).isFalse();
            assertThatThrownBy(() -> live.update(builder -> builder.weight(8)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void listenersHoldUpNoBeats() {
        CountDownLatch done = new CountDownLatch(1);
        List<RegistrationEvent> told = new ArrayList<>();
        try (InstanceProvider provider = start(options.withListener(event -> {
            throw new IllegalStateException("a listener that fails");
        }))) {
            RegisterOptions how = RegisterOptions.defaults().withListener(event -> {
                told.add(event);
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            provider.register(Rig.registration("o-1", TTL), how);

            await().atMost(LIMIT).untilAsserted(() -> assertThat(beats()).hasSizeGreaterThanOrEqualTo(2));
            done.countDown();
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void oneWaitForEachServiceIsEnoughAtTheEnd() {
        // Time for all of it on a slow machine, too.
        InstanceProvider provider = client.provider(options.withCloseTimeout(LIMIT));
        for (int i = 0; i < 20; i++) {
            provider.registerEventually(Rig.registration("o-" + i, TTL));
        }
        awaitAllRegistered(provider);

        client.close();

        assertThat(cluster.count()).isZero();
        assertThat(provider.isClosed()).isTrue();
        assertThat(cluster.asked("POST", "/drain").stream().map(Asked::query).filter("wait=0s"::equals))
                .hasSize(19);
        assertThat(events)
                .filteredOn(new Deregistered(events.get(0).key(), true)::equals)
                .hasSize(1);
    }

    @Test
    void manyAreTakenOutWithFewRequestsAndNothingElseIs() {
        InstanceProvider provider = start(options);
        for (int i = 0; i < 300; i++) {
            provider.registerEventually(Rig.registration("o-" + i, Duration.ofMinutes(1)));
        }
        awaitAllRegistered(provider);
        cluster.replace("orders/o-1", 0);

        provider.close();

        assertThat(cluster.count()).isEqualTo(1);
        assertThat(cluster.holds("orders/o-1")).isTrue();
        assertThat(cluster.asked("POST", "/drain")).isEmpty();
        assertThat(cluster.asked("DELETE", "/orders/instances"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.query()).contains("status=any", "confirm=true"));
    }

    @Test
    void theEndDoesNotWaitForARegistryThatIsSilent() {
        InstanceProvider provider = start(options);
        LiveRegistration live = provider.register(Rig.registration("o-1", TTL));
        cluster.all(Mode.SILENT);
        long start = System.nanoTime();

        provider.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(live.state()).isEqualTo(RegistrationState.DEREGISTERED);
        assertThat(events).endsWith(new Deregistered(live.key(), false));
    }

    @Test
    void anotherProcessIsNotTakenOut() {
        try (InstanceProvider provider = start(options)) {
            LiveRegistration live = provider.register(Rig.registration("o-1", TTL));
            cluster.replace(KEY, 0);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(live.state()).isEqualTo(RegistrationState.SUPERSEDED));

            live.close();
        }

        assertThat(cluster.holds(KEY)).isTrue();
        assertThat(cluster.lines()).noneMatch(line -> line.startsWith("DELETE") || line.contains("drain"));
    }
}
