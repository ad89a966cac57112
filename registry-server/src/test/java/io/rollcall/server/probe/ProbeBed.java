package io.rollcall.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.StatusRange;
import io.rollcall.server.config.CheckSettings;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Probes that may reach loopback, and targets for them. */
final class ProbeBed implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    final FakeResolver resolver = new FakeResolver();
    private final Probes probes;

    ProbeBed(X509Certificate... authorities) {
        var settings = new CheckSettings(true, List.of(), List.of(), List.of(authorities), 64, 4);
        probes = new Probes(new TargetPolicy(settings, List::of), resolver, settings);
    }

    ProbeResult probe(Registration registration) {
        var timeout = registration.healthCheck().timeout();
        var probed = probes.probe(registration);
        assertThat(probed).succeedsWithin(timeout.plusSeconds(30));
        return probed.join();
    }

    static HealthCheck check(CheckType type, String endpoint) {
        return within(HealthCheck.of(type, endpoint), TIMEOUT);
    }

    static HealthCheck within(HealthCheck check, Duration timeout) {
        return new HealthCheck(
                check.type(),
                check.endpoint(),
                check.interval(),
                timeout,
                check.retries(),
                check.successes(),
                check.method(),
                check.headers(),
                check.expectStatus());
    }

    static HealthCheck http(String method, Map<String, String> headers, StatusRange expected) {
        var check = check(CheckType.HTTP, "/health?deep=1");
        return new HealthCheck(
                check.type(),
                check.endpoint(),
                check.interval(),
                check.timeout(),
                check.retries(),
                check.successes(),
                method,
                new TreeMap<>(headers),
                expected);
    }

    static Registration target(String host, int port, HealthCheck check) {
        return Registration.builder(InstanceKey.of("default", "orders", "o-1"))
                .address(host, port)
                .healthCheck(check)
                .build();
    }

    @Override
    public void close() throws IOException {
        probes.close();
    }
}
