package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.InstanceRecord;
import org.jspecify.annotations.Nullable;

/** {@link InstanceRecord}, version 3: with its owner. */
record InstanceRecordV3(
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
        VitalsV2 vitals,
        String owner) {

    static InstanceRecordV3 of(InstanceRecord instance) {
        String owner = instance.owner();
        if (owner == null) {
            throw new IllegalStateException("version 3 is for what somebody owns");
        }
        return new InstanceRecordV3(
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
                VitalsV2.of(instance.vitals()),
                owner);
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
                owner);
    }
}
