package io.rollcall.client.spring;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns the cache of Spring Cloud LoadBalancer off, unless the application says otherwise: it would go on giving instances that
 * are gone for 35 s, and what it saves is a look into a map.
 */
final class RollcallDefaults implements EnvironmentPostProcessor, Ordered {

    private static final String CACHE = "spring.cloud.loadbalancer.cache.enabled";

    /** Warns of the cache that is missing, once for each service. */
    private static final String WARNER =
            "logging.level.org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplierBuilder";

    // Made by reflection.
    RollcallDefaults() {}

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean isUsed = environment.getProperty("spring.cloud.discovery.enabled", Boolean.class, true)
                && environment.getProperty("spring.cloud.rollcall.enabled", Boolean.class, true)
                && environment.getProperty("spring.cloud.rollcall.discovery.enabled", Boolean.class, true);
        if (isUsed && !environment.containsProperty(CACHE)) {
            Map<String, Object> defaults = Map.of(CACHE, "false", WARNER, "error");
            environment.getPropertySources().addLast(new MapPropertySource("rollcallDefaults", defaults));
        }
    }

    /** After the application's own files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
