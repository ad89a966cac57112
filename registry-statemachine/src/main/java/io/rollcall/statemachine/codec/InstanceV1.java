package io.rollcall.statemachine.codec;

import io.rollcall.api.model.Instance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it was answered, version 1; part of remembered results. What the wire does not show of an instance was no
 * part of the answer, and is not kept.
 */
record InstanceV1(
        RegistrationV1 registration,
        long incarnation,
        String status,
        String statusReason,
        long statusSinceMillis,
        @MayBeNull @Nullable Long healthySinceMillis,
        boolean suspect,
        long registeredAtMillis,
        long createIndex,
        long modifyIndex) {

    static InstanceV1 of(Instance instance) {
        Instant healthySince = instance.healthySince();
        return new InstanceV1(
                RegistrationV1.of(instance.registration()),
                instance.incarnation(),
                WireEnum.STATUS.name(instance.status()),
                instance.statusReason(),
                instance.statusSince().toEpochMilli(),
                healthySince == null ? null : healthySince.toEpochMilli(),
                instance.suspect(),
                instance.registrationTime().toEpochMilli(),
                instance.createIndex(),
                instance.modifyIndex());
    }

    Instance thaw() {
        return new Instance(
                registration.thaw(),
                incarnation,
                WireEnum.STATUS.parse(status),
                statusReason,
                Instant.ofEpochMilli(statusSinceMillis),
                healthySinceMillis == null ? null : Instant.ofEpochMilli(healthySinceMillis),
                suspect,
                Instant.ofEpochMilli(registeredAtMillis),
                createIndex,
                modifyIndex);
    }
}
