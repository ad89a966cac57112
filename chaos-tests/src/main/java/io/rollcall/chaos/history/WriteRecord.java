package io.rollcall.chaos.history;

import java.util.List;

/**
 * A write with all its attempts. Times are of the driver's monotonic clock.
 *
 * @param planned what was to be done
 * @param verdict what is known of it
 * @param calledNanos before the first attempt
 * @param returnedNanos after the last attempt
 * @param attempts how many were sent
 * @param index of the change; -1 unless it is done
 * @param incarnations that its targets got; empty unless it is a registration that is done
 * @param why the last answer that was no success; empty without one
 */
public record WriteRecord(
        PlannedWrite planned,
        Verdict verdict,
        long calledNanos,
        long returnedNanos,
        int attempts,
        long index,
        List<Long> incarnations,
        String why) {

    /** Copies the incarnations. */
    public WriteRecord {
        incarnations = List.copyOf(incarnations);
    }
}
