package io.rollcall.statemachine.codec;

import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@link EventRecord}, version 1: nobody owned what was before. It has the newest form that version 1 knows, whatever it
 * was stored as.
 */
record EventRecordV1(
        KeyV1 key,
        long index,
        long timeMillis,
        String operation,
        @MayBeNull @Nullable String actor,
        @MayBeNull @Nullable String traceParent,
        @MayBeNull @Nullable InstanceRecordV2 before) {

    static boolean holds(EventRecord event) {
        InstanceRecord before = event.before();
        return before == null || before.owner() == null;
    }

    static EventRecordV1 of(EventRecord event) {
        InstanceRecord before = event.before();
        return new EventRecordV1(
                KeyV1.of(event.key()),
                event.index(),
                event.timeMillis(),
                WireEnum.OPERATION.name(event.operation()),
                event.actor(),
                event.traceParent(),
                before == null ? null : InstanceRecordV2.of(before));
    }

    EventRecord thaw() {
        return new EventRecord(
                key.thaw(),
                index,
                timeMillis,
                WireEnum.OPERATION.parse(operation),
                actor,
                traceParent,
                before == null ? null : before.thaw());
    }
}
