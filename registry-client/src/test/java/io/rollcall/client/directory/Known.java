package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Instances and their names, to test with. */
final class Known {

    static final ServiceKey ORDERS = ServiceKey.of("default", "orders");

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private Known() {}

    static Instance instance(ServiceKey service, String id, long index) {
        var key = InstanceKey.of(service.namespace().value(), service.name().value(), id);
        var registration = Registration.builder(key).address("127.0.0.1", 9000).build();
        return new Instance(registration, index, InstanceStatus.PASSING, "", TIME, TIME, false, TIME, index, index);
    }

    static List<Instance> orders(String... ids) {
        return Stream.of(ids).map(id -> instance(ORDERS, id, 7)).toList();
    }

    static List<String> ids(ServiceView view) {
        return view.instances().stream()
                .map(instance -> instance.key().id().value())
                .toList();
    }
}
