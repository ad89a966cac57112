package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.ProcessIdentity;
import io.rollcall.client.provide.ProviderOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

final class OwnInstanceTest {

    private static final ProcessIdentity NOBODY = new ProcessIdentity(null, null, "");

    // Nothing connects: this only tells the address of this machine.
    private static final RegistryClient CLIENT =
            RegistryClient.builder().server("http://127.0.0.1:1").build();
    private static final InstanceProvider PROVIDER =
            CLIENT.provider(ProviderOptions.defaults().withShutdownHook(false));

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void needsNothingButTheNameOfTheApplication() {
        var registration = own(NOBODY, Map.of("spring.application.name", "orders"), List.of())
                .at(8080);

        assertThat(registration.key()).hasToString("default/orders/127.0.0.1-8080");
        assertThat(registration.host()).isEqualTo("127.0.0.1");
        assertThat(registration.port()).isEqualTo(8080);
        assertThat(registration.protocol()).isEqualTo(Protocol.HTTP);
        assertThat(registration.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(registration.healthCheck()).isNull();
    }

    @Test
    void takesAllSettings() {
        var settings = Map.ofEntries(
                Map.entry("spring.application.name", "other"),
                Map.entry("service", "orders"),
                Map.entry("instance-id", "orders-7"),
                Map.entry("host", "orders.example"),
                Map.entry("protocol", "grpc"),
                Map.entry("version", "2.1"),
                Map.entry("tags.env", "prod"),
                Map.entry("metadata.owner", "team-a"),
                Map.entry("zone", "z1"),
                Map.entry("weight", "50"),
                Map.entry("ttl", "5s"),
                Map.entry("deregister-after", "1m"),
                Map.entry("health-check.path", "/actuator/health"),
                Map.entry("health-check.interval", "3s"));

        var registration = own(NOBODY, settings, List.of()).at(8080);

        assertThat(registration.key()).hasToString("default/orders/orders-7");
        assertThat(registration.host()).isEqualTo("orders.example");
        assertThat(registration.protocol()).isEqualTo(Protocol.GRPC);
        assertThat(registration.version()).isEqualTo("2.1");
        assertThat(registration.tags()).containsOnly(Map.entry("env", "prod"));
        assertThat(registration.metadata()).containsOnly(Map.entry("owner", "team-a"));
        assertThat(registration.zone()).isEqualTo("z1");
        assertThat(registration.weight()).isEqualTo(50);
        assertThat(registration.ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(registration.deregisterAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(registration.healthCheck()).isNotNull().satisfies(check -> {
            assertThat(check.type()).isEqualTo(CheckType.HTTP);
            assertThat(check.endpoint()).isEqualTo("/actuator/health");
            assertThat(check.interval()).isEqualTo(Duration.ofSeconds(3));
            assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void isCalledAsItsTelemetryCallsItUnlessTold() {
        var identity = new ProcessIdentity("orders", "pod-7", "1.4");

        var told = own(
                        identity,
                        Map.of("spring.application.name", "shop", "spring.application.version", "2"),
                        List.of())
                .at(8080);
        var untold = own(identity, Map.of(), List.of()).at(8080);

        assertThat(untold.key()).hasToString("default/orders/pod-7");
        assertThat(told.key()).hasToString("default/shop/pod-7");
        assertThat(told.version()).isEqualTo("2");
    }

    @Test
    void isInTheZoneThatItsLoadBalancerPrefers() {
        var settings = Map.of("spring.application.name", "orders", "spring.cloud.loadbalancer.zone", "z2");

        assertThat(own(NOBODY, settings, List.of()).at(8080).zone()).isEqualTo("z2");
    }

    @Test
    void speaksTlsWhenItsWebServerDoes() {
        var tls = Map.of("spring.application.name", "orders", "server.ssl.bundle", "web", "health-check.path", "/ping");
        var off =
                Map.of("spring.application.name", "orders", "server.ssl.bundle", "web", "server.ssl.enabled", "false");

        assertThat(own(NOBODY, tls, List.of()).at(8080).protocol()).isEqualTo(Protocol.HTTPS);
        assertThat(own(NOBODY, tls, List.of()).at(8080).healthCheck().type()).isEqualTo(CheckType.HTTPS);
        assertThat(own(NOBODY, off, List.of()).at(8080).protocol()).isEqualTo(Protocol.HTTP);
    }

    @Test
    void isChangedByCustomizersLast() {
        var customizers = List.<RollcallRegistrationCustomizer>of(builder -> builder.weight(1), this::twice);

        var registration = own(NOBODY, Map.of("spring.application.name", "orders"), customizers)
                .at(8080);

        assertThat(registration.weight()).isEqualTo(2);
    }

    private void twice(RegistrationBuilder builder) {
        builder.weight(builder.build().weight() * 2);
    }

    @Test
    void saysWhatToDoWithoutAName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> own(NOBODY, Map.of(), List.of()).at(8080))
                .withMessageContaining("spring.application.name");
    }

    /** Settings without a prefix of Spring's are those of the registration. */
    private static OwnInstance own(
            ProcessIdentity identity, Map<String, String> settings, List<RollcallRegistrationCustomizer> customizers) {
        var environment = new MockEnvironment();
        settings.forEach((key, value) -> environment.setProperty(
                key.startsWith("spring.") || key.startsWith("server.")
                        ? key
                        : "spring.cloud.rollcall.registration." + key,
                value));
        var properties = Binder.get(environment).bindOrCreate("spring.cloud.rollcall", RollcallProperties.class);
        return new OwnInstance(PROVIDER, identity, properties.registration(), environment, customizers);
    }
}
