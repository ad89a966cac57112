package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import org.jspecify.annotations.Nullable;

/** {@link EventRecord}, version 2: what was before had an owner. */
record EventRecordV2(
        KeyV1 key,
        long index,
        long timeMillis,
        String operation,
        @MayBeNull @Nullable String actor,
        @MayBeNull @Nullable String traceParent,
        InstanceRecordV3 before) {

    static EventRecordV2 of(EventRecord event) {
        InstanceRecord before = event.before();
        if (before == null) {
            throw new IllegalStateException("version 2 is for what somebody owned");
        }
        return new EventRecordV2(
                KeyV1.of(event.key()),
                event.index(),
                event.timeMillis(),
                WireEnum.OPERATION.name(event.operation()),
                event.actor(),
                event.traceParent(),
                InstanceRecordV3.of(before));
    }

    EventRecord thaw() {
        return new EventRecord(
                key.thaw(), index, timeMillis, WireEnum.OPERATION.parse(operation), actor, traceParent, before.thaw());
    }
}
