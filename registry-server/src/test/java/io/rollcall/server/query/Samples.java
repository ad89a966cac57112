package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Instances for the tests of this package. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Samples() {}

    /** An instance that has something in every field. */
    static Instance full() {
        Registration registration = builder()
                .version("2.1.3")
                .protocol(Protocol.GRPC)
                .tags(Map.of("env", "prod", "team", "ürsel \"x\"", "app.kubernetes.io/name", "orders", "empty", ""))
                .metadata(Map.of("owner", "nobody"))
                .zone("eu-1")
                .weight(7)
                .ttl(Duration.ofSeconds(30))
                .deregisterAfter(Duration.ZERO)
                .build();
        return new Instance(
                registration,
                4,
                InstanceStatus.WARNING,
                "503 in 12 ms",
                NOON,
                NOON.minusSeconds(60),
                true,
                NOON.minusSeconds(3_600),
                17,
                42);
    }

    /** An instance that has nothing where nothing is allowed. */
    static Instance bare() {
        return of(builder().build(), InstanceStatus.CRITICAL);
    }

    static Instance withVersion(String version) {
        return of(builder().version(version).build(), InstanceStatus.PASSING);
    }

    static Instance withTag(String key, String value) {
        return of(builder().tags(Map.of(key, value)).build(), InstanceStatus.PASSING);
    }

    static Instance withStatus(InstanceStatus status) {
        return of(builder().build(), status);
    }

    static RegistrationBuilder builder() {
        return Registration.builder(InstanceKey.of("default", "orders", "orders-7"))
                .address("10.0.0.7", 8080);
    }

    static Instance of(Registration registration, InstanceStatus status) {
        Instant healthySince = status.takesTraffic() ? NOON : null;
        return new Instance(registration, 1, status, "", NOON, healthySince, false, NOON, 1, 1);
    }
}
