package io.rollcall.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

final class RollcallDefaultsTest {

    private static final String CACHE = "spring.cloud.loadbalancer.cache.enabled";

    @Test
    void theLoadBalancerDoesNotCacheWhatTheDirectoryKnows() {
        assertThat(cache(new MockEnvironment())).isEqualTo("false");
    }

    @Test
    void whatTheApplicationSaysGoesFirst() {
        assertThat(cache(new MockEnvironment().withProperty(CACHE, "true"))).isEqualTo("true");
    }

    @Test
    void nothingIsSetWhereRollcallIsNotUsed() {
        assertThat(cache(new MockEnvironment().withProperty("spring.cloud.rollcall.enabled", "false")))
                .isNull();
        assertThat(cache(new MockEnvironment().withProperty("spring.cloud.discovery.enabled", "false")))
                .isNull();
    }

    private static String cache(MockEnvironment environment) {
        new RollcallDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty(CACHE);
    }
}
