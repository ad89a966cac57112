package io.rollcall.client.spring;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.directory.ServiceDirectory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The discovery clients that Spring Cloud and its load balancer ask. */
@AutoConfiguration(
        after = RollcallClientAutoConfiguration.class,
        before = {
            CommonsClientAutoConfiguration.class,
            ReactiveCommonsClientAutoConfiguration.class,
            SimpleDiscoveryClientAutoConfiguration.class,
            SimpleReactiveDiscoveryClientAutoConfiguration.class
        })
@ConditionalOnRollcallEnabled
@ConditionalOnProperty(value = "spring.cloud.rollcall.discovery.enabled", matchIfMissing = true)
public final class RollcallDiscoveryAutoConfiguration {

    @Bean
    KnownInstances rollcallInstances(RegistryClient client, ServiceDirectory directory) {
        return new KnownInstances(client, directory);
    }

    @Bean
    CatalogHeartbeats rollcallHeartbeats(ServiceDirectory directory, ApplicationEventPublisher publisher) {
        return new CatalogHeartbeats(directory, publisher);
    }

    @Bean
    ServiceNames rollcallServiceNames(
            RegistryClient client, RollcallProperties properties, CatalogHeartbeats heartbeats) {
        return new ServiceNames(client, properties.discovery().namesRefresh(), heartbeats::changed);
    }

    /** For those who may wait. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBlockingDiscoveryEnabled
    static final class Blocking {

        @Bean
        @ConditionalOnMissingBean
        RollcallDiscoveryClient rollcallDiscoveryClient(
                KnownInstances instances, ServiceNames names, RollcallProperties properties) {
            return new RollcallDiscoveryClient(
                    instances, names, properties.discovery().order());
        }
    }

    /** For event loops. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnReactiveDiscoveryEnabled
    static final class Reactive {

        @Bean
        @ConditionalOnMissingBean
        RollcallReactiveDiscoveryClient rollcallReactiveDiscoveryClient(
                KnownInstances instances, ServiceNames names, RollcallProperties properties) {
            return new RollcallReactiveDiscoveryClient(
                    instances, names, properties.discovery().order());
        }
    }
}
