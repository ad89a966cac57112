package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.InstanceRecord;
import org.jspecify.annotations.Nullable;

/** {@link InstanceRecord}, version 2: with what was judged of it, owned by nobody. */
record InstanceRecordV2(
        RegistrationV1 registration,
        long incarnation,
        long createIndex,
        long modifyIndex,
        long registeredAtMillis,
        String status,
        String statusReason,
        long statusSinceMillis,
        long healthySinceMillis,
        @MayBeNull @Nullable OperatorWordV1 operatorWord,
        VitalsV2 vitals) {

    static boolean holds(InstanceRecord instance) {
        return instance.owner() == null;
    }

    static InstanceRecordV2 of(InstanceRecord instance) {
        return new InstanceRecordV2(
                RegistrationV1.of(instance.registration()),
                instance.incarnation(),
                instance.createIndex(),
                instance.modifyIndex(),
                instance.registeredAtMillis(),
                WireEnum.STATUS.name(instance.status()),
                instance.statusReason(),
                instance.statusSinceMillis(),
                instance.healthySinceMillis(),
                OperatorWordV1.ofNullable(instance.operatorWord()),
                VitalsV2.of(instance.vitals()));
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
                vitals.thaw(),
                null);
    }
}
