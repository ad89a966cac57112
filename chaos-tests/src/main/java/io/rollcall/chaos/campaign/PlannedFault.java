package io.rollcall.chaos.campaign;

import java.time.Duration;

/**
 * One fault of a schedule.
 *
 * @param kind what is done
 * @param gap how long the cluster is left in peace before
 * @param hold how long it lasts, where that is not up to the nodes
 * @param seed decides what the kind leaves open, such as whom it hits
 */
public record PlannedFault(FaultKind kind, Duration gap, Duration hold, long seed) {

    @Override
    public String toString() {
        return kind.label() + " after " + gap.toMillis() + " ms for " + hold.toMillis() + " ms, seed " + seed;
    }
}
