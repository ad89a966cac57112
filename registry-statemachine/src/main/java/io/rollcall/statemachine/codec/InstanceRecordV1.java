package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.Vitals;
import org.jspecify.annotations.Nullable;

/** {@link InstanceRecord}, version 1: one of which nothing was judged, owned by nobody. */
record InstanceRecordV1(
        RegistrationV1 registration,
        long incarnation,
        long createIndex,
        long modifyIndex,
        long registeredAtMillis,
        String status,
        String statusReason,
        long statusSinceMillis,
        long healthySinceMillis,
        @MayBeNull @Nullable OperatorWordV1 operatorWord) {

    static boolean holds(InstanceRecord instance) {
        return instance.vitals().equals(Vitals.FRESH) && instance.owner() == null;
    }

    static InstanceRecordV1 of(InstanceRecord instance) {
        return new InstanceRecordV1(
                RegistrationV1.of(instance.registration()),
                instance.incarnation(),
                instance.createIndex(),
                instance.modifyIndex(),
                instance.registeredAtMillis(),
                WireEnum.STATUS.name(instance.status()),
                instance.statusReason(),
                instance.statusSinceMillis(),
                instance.healthySinceMillis(),
                OperatorWordV1.ofNullable(instance.operatorWord()));
    }

    InstanceRecord thaw() {
        return new InstanceRecord(
                registration.thaw(),
                incarnation,
                createIndex,
                modifyIndex,
                registeredAtMillis,
                WireEnum.STATUS.parse(status),
                statusReason,
                statusSinceMillis,
                healthySinceMillis,
                OperatorWordV1.thawNullable(operatorWord),
                Vitals.FRESH,
                null);
    }
}
