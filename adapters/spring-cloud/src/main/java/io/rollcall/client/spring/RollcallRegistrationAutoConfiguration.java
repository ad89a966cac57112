package io.rollcall.client.spring;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.provide.InstanceProvider;
import io.rollcall.client.provide.ProcessIdentity;
import io.rollcall.client.provide.ProviderOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The registration of the application itself. */
@AutoConfiguration(
        after = RollcallClientAutoConfiguration.class,
        before = {AutoServiceRegistrationAutoConfiguration.class, ServiceRegistryAutoConfiguration.class})
@ConditionalOnRollcallEnabled
@ConditionalOnProperty(
        value = {"spring.cloud.rollcall.registration.enabled", "spring.cloud.service-registry.auto-registration.enabled"
        },
        matchIfMissing = true)
public final class RollcallRegistrationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstanceProvider rollcallProvider(RegistryClient client, RollcallProperties properties) {
        return client.provider(ProviderOptions.defaults()
                .withRegisterTimeout(properties.registration().registerTimeout())
                .withDrainWait(properties.registration().drainWait())
                .withCloseTimeout(properties.registration().closeTimeout())
                // The application's own hook ends it in order.
                .withShutdownHook(false));
    }

    @Bean
    @ConditionalOnMissingBean
    RollcallRegistration rollcallRegistration(
            InstanceProvider provider,
            RollcallProperties properties,
            Environment environment,
            ObjectProvider<RollcallRegistrationCustomizer> customizers) {
        return new RollcallRegistration(new OwnInstance(
                provider,
                ProcessIdentity.ofThisProcess(),
                properties.registration(),
                environment,
                customizers.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean
    RollcallServiceRegistry rollcallServiceRegistry(
            RegistryClient client,
            InstanceProvider provider,
            RollcallProperties properties,
            ApplicationEventPublisher publisher) {
        return new RollcallServiceRegistry(client, provider, properties.registration(), publisher::publishEvent);
    }

    @Bean
    @ConditionalOnMissingBean
    RollcallAutoServiceRegistration rollcallAutoServiceRegistration(
            ApplicationEventPublisher publisher,
            RollcallServiceRegistry registry,
            RollcallRegistration registration,
            ObjectProvider<RegistrationLifecycle<RollcallRegistration>> lifecycles) {
        return new RollcallAutoServiceRegistration(
                publisher, registry, registration, lifecycles.orderedStream().toList());
    }

    /** For applications with a web server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebServerInitializedEvent.class)
    static final class WebServer {

        @Bean
        WebServerPort rollcallWebServerPort(RollcallRegistration registration) {
            return new WebServerPort(registration);
        }
    }
}
