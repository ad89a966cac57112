package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.provide.InstanceProvider;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.web.reactive.function.client.WebClient;

/** What is there by which setting. No context needs a registry: nothing connects before it is used. */
final class AutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ImportCandidates.load(
                            org.springframework.boot.autoconfigure.AutoConfiguration.class,
                            getClass().getClassLoader())
                    .getCandidates()
                    .stream()
                    .filter(name -> name.startsWith("io.rollcall."))
                    .map(AutoConfigurationTest::load)
                    .toArray(Class<?>[]::new)))
            .withPropertyValues("spring.application.name=orders", "spring.cloud.rollcall.servers=http://127.0.0.1:1");

    @Test
    void everythingIsThereUnlessTold() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(RegistryClient.class)
                .hasSingleBean(ServiceDirectory.class)
                .hasSingleBean(DiscoveryClient.class)
                .hasSingleBean(ReactiveDiscoveryClient.class)
                .hasSingleBean(InstanceProvider.class)
                .hasSingleBean(Registration.class)
                .hasSingleBean(AutoServiceRegistration.class)
                .hasSingleBean(RollcallHealthIndicator.class));
    }

    @Test
    void nothingIsThereWithoutDiscovery() {
        for (String setting : new String[] {"spring.cloud.discovery.enabled", "spring.cloud.rollcall.enabled"}) {
            runner.withPropertyValues(setting + "=false")
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(RegistryClient.class)
                            .doesNotHaveBean(DiscoveryClient.class)
                            .doesNotHaveBean(AutoServiceRegistration.class)
                            .doesNotHaveBean(RollcallHealthIndicator.class));
        }
    }

    @Test
    void partsCanBeLeftOut() {
        runner.withPropertyValues("spring.cloud.rollcall.discovery.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DiscoveryClient.class)
                        .doesNotHaveBean(ReactiveDiscoveryClient.class)
                        .hasSingleBean(AutoServiceRegistration.class));
        runner.withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DiscoveryClient.class)
                        .hasSingleBean(ReactiveDiscoveryClient.class));
        runner.withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(DiscoveryClient.class)
                        .doesNotHaveBean(ReactiveDiscoveryClient.class));
        for (String setting : new String[] {
            "spring.cloud.rollcall.registration.enabled", "spring.cloud.service-registry.auto-registration.enabled"
        }) {
            runner.withPropertyValues(setting + "=false")
                    .run(context -> assertThat(context)
                            .hasSingleBean(DiscoveryClient.class)
                            .doesNotHaveBean(InstanceProvider.class)
                            .doesNotHaveBean(AutoServiceRegistration.class)
                            .hasSingleBean(RollcallHealthIndicator.class));
        }
    }

    @Test
    void needsNeitherAWebServerNorWebClientNorTheActuator() {
        runner.withClassLoader(new FilteredClassLoader(
                        WebClient.class,
                        WebServerInitializedEvent.class,
                        org.springframework.boot.health.contributor.HealthIndicator.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DiscoveryClient.class)
                        .hasSingleBean(AutoServiceRegistration.class));
    }

    @Test
    void whatTheApplicationMakesItselfIsTaken() {
        try (var own = RegistryClient.builder().server("http://127.0.0.1:2").build()) {
            runner.withBean("own", RegistryClient.class, () -> own)
                    .run(context ->
                            assertThat(context).getBean(RegistryClient.class).isSameAs(own));
        }
    }

    @Test
    void customizersHaveTheLastWord() {
        runner.withBean(
                        RollcallClientCustomizer.class,
                        () -> builder -> builder.namespace(new io.rollcall.api.model.Namespace("team-a")))
                .run(context -> assertThat(context.getBean(RegistryClient.class).service("orders"))
                        .hasToString("team-a/orders"));
    }

    @Test
    void settingsOfTheDirectoryAreHeld() {
        runner.withPropertyValues("spring.cloud.rollcall.discovery.max-staleness=0s")
                .run(context -> assertThat(context).hasFailed().getFailure().hasStackTraceContaining("maxStaleness"));
    }

    @Test
    void aStartThatKnowsNothingOfTheServicesItWantsGoesOn() {
        runner.withPropertyValues(
                        "spring.cloud.rollcall.discovery.warm-up=orders,users",
                        "spring.cloud.rollcall.discovery.warm-up-timeout=1ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ServiceDirectory.class).health().unknown())
                            .isEqualTo(2);
                });
    }

    @Test
    void theTokenIsNotTold() {
        runner.withPropertyValues("spring.cloud.rollcall.token=id.secret")
                .run(context -> assertThat(context.getBean(RollcallProperties.class))
                        .matches(properties -> "id.secret".equals(properties.token()))
                        .asString()
                        .doesNotContain("secret"));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
