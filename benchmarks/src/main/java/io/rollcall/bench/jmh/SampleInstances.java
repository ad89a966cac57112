package io.rollcall.bench.jmh;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterInstance;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Instances of about 400 bytes of JSON, as the load driver registers them. */
final class SampleInstances {

    private static final Instant THEN = Instant.parse("2026-11-22T08:30:00Z");

    private SampleInstances() {}

    static Registration registration(String service, long n) {
        return registration(service, n, RegistrationBuilder.DEFAULT_WEIGHT);
    }

    private static Registration registration(String service, long n, int weight) {
        return Registration.builder(InstanceKey.of("default", service, service + "-" + n))
                .version("2.14.3")
                .address("10." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255), 8443)
                .protocol(Protocol.HTTPS)
                .tags(Map.of("env", "prod", "team", "payments", "tier", "backend"))
                .metadata(Map.of(
                        "commit", "9f2c4e7a1b3d5f60718293a4b5c6d7e8f9012345",
                        "region", "eu-central-1",
                        "contact", "payments@example.org",
                        "node", "worker-" + n % 1000))
                .zone("eu-central-1a")
                .weight(weight)
                .ttl(Duration.ZERO)
                .build();
    }

    static Instance instance(String service, long n, long index) {
        return instance(registration(service, n), index);
    }

    static Instance weighted(String service, long n, int weight) {
        return instance(registration(service, n, weight), n);
    }

    private static Instance instance(Registration registration, long index) {
        return new Instance(
                registration,
                index,
                InstanceStatus.PASSING,
                "registered without a health check",
                THEN,
                THEN,
                false,
                THEN,
                index,
                index);
    }

    static Command register(String service, long n) {
        return new RegisterInstance(
                CommandHeader.of("9c1d0e5a-7a3b-4f0e-8f60-" + n),
                registration(service, n),
                RegisterMode.UPSERT,
                Precondition.NONE);
    }
}
