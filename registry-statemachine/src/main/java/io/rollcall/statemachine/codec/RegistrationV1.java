package io.rollcall.statemachine.codec;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A registration, version 1; part of log and store. */
record RegistrationV1(
        String namespace,
        String name,
        String id,
        String version,
        String host,
        int port,
        String protocol,
        SortedMap<String, String> tags,
        SortedMap<String, String> metadata,
        String zone,
        int weight,
        long ttlMillis,
        long deregisterAfterMillis,
        @MayBeNull @Nullable HealthCheckV1 healthCheck) {

    static RegistrationV1 of(Registration registration) {
        InstanceKey key = registration.key();
        return new RegistrationV1(
                key.service().namespace().value(),
                key.service().name().value(),
                key.id().value(),
                registration.version(),
                registration.host(),
                registration.port(),
                WireEnum.PROTOCOL.name(registration.protocol()),
                registration.tags(),
                registration.metadata(),
                registration.zone(),
                registration.weight(),
                registration.ttl().toMillis(),
                registration.deregisterAfter().toMillis(),
                HealthCheckV1.ofNullable(registration.healthCheck()));
    }

    Registration thaw() {
        return new Registration(
                new InstanceKey(service(namespace, name), new InstanceId(id)),
                version,
                host,
                port,
                WireEnum.PROTOCOL.parse(protocol),
                tags,
                metadata,
                zone,
                weight,
                Duration.ofMillis(ttlMillis),
                Duration.ofMillis(deregisterAfterMillis),
                healthCheck == null ? null : healthCheck.thaw());
    }

    static ServiceKey service(String namespace, String name) {
        // Millions of instances share the one that nearly all are in.
        Namespace space = namespace.equals(Namespace.DEFAULT.value()) ? Namespace.DEFAULT : new Namespace(namespace);
        return new ServiceKey(space, new ServiceName(name));
    }
}
