package io.rollcall.statemachine.state;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One change of an instance, for the history. Only what was before is kept: what came after is what was before the
 * instance's next change, or is there now.
 *
 * @param key which instance
 * @param index registry index of the change, unique to it
 * @param timeMillis when, milliseconds since 1970 by the replicated clock; never less than that of an earlier change
 * @param operation what was done
 * @param actor who asked for it; null if nobody was authenticated
 * @param traceParent W3C trace context of the request; null if it had none
 * @param before the instance before; null if it was not registered
 */
public record EventRecord(
        InstanceKey key,
        long index,
        long timeMillis,
        Operation operation,
        @Nullable String actor,
        @Nullable String traceParent,
        @Nullable InstanceRecord before) {

    /**
     * Puts another instance in the place of what was before: the same with other seals, or opened.
     *
     * @param instance what was before
     * @return a copy
     */
    public EventRecord withBefore(InstanceRecord instance) {
        return new EventRecord(key, index, timeMillis, operation, actor, traceParent, instance);
    }
}
