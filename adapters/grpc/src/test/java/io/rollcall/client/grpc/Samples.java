package io.rollcall.client.grpc;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.api.model.ServiceKey;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Instances of {@code orders}. */
final class Samples {

    static final Instant HEALTHY_SINCE = Instant.parse("2026-11-22T10:00:00Z");

    private Samples() {}

    static Instance instance(String id, UnaryOperator<RegistrationBuilder> what) {
        var key = new InstanceKey(ServiceKey.of("default", "orders"), new InstanceId(id));
        var registration =
                what.apply(Registration.builder(key).address("127.0.0.1", 9000)).build();
        return new Instance(
                registration, 1, InstanceStatus.PASSING, "", HEALTHY_SINCE, HEALTHY_SINCE, false, HEALTHY_SINCE, 1, 1);
    }
}
