package io.rollcall.client.spring;

import io.rollcall.client.directory.ServiceDirectory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** What the actuator tells of the registry. */
@AutoConfiguration(after = {RollcallClientAutoConfiguration.class, RollcallRegistrationAutoConfiguration.class})
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(ServiceDirectory.class)
@ConditionalOnEnabledHealthIndicator("rollcall")
public final class RollcallHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RollcallHealthIndicator rollcallHealthIndicator(
            ServiceDirectory directory, ObjectProvider<RollcallServiceRegistry> registry) {
        return new RollcallHealthIndicator(directory, registry.getIfAvailable());
    }
}
