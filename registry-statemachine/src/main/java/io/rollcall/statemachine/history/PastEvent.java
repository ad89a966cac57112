package io.rollcall.statemachine.history;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One change of an instance, as readers see it.
 *
 * @param key which instance
 * @param index registry index of the change, unique to it
 * @param timeMillis when, milliseconds since 1970 by the replicated clock
 * @param operation what was done
 * @param actor who asked for it; null if nobody was authenticated
 * @param traceParent W3C trace context of the request; null if it had none
 * @param before the instance before; null if it was not registered
 * @param after the instance after; null if it was removed
 */
public record PastEvent(
        InstanceKey key,
        long index,
        long timeMillis,
        Operation operation,
        @Nullable String actor,
        @Nullable String traceParent,
        @Nullable Instance before,
        @Nullable Instance after) {}
