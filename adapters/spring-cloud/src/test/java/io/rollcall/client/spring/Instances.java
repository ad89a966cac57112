package io.rollcall.client.spring;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.api.model.ServiceKey;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Instances for tests. */
final class Instances {

    private static final Instant WHEN = Instant.parse("2026-01-01T00:00:00Z");

    private Instances() {}

    static Registration registration(String id, UnaryOperator<RegistrationBuilder> change) {
        InstanceKey key = new InstanceKey(ServiceKey.of("default", "orders"), new InstanceId(id));
        return change.apply(Registration.builder(key).address("10.0.0.7", 8080)).build();
    }

    static Instance instance(Registration registration, long incarnation, InstanceStatus status) {
        return new Instance(registration, incarnation, status, "", WHEN, WHEN, false, WHEN, 1, 1);
    }
}
