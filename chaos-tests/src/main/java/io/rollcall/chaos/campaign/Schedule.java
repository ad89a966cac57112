package io.rollcall.chaos.campaign;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The faults of a run in their order, without end. It follows from its seed and the kinds alone, so that a seed repeats it.
 * Whom a fault hits can depend on who leads at that moment, which no seed decides.
 */
public final class Schedule {

    private static final int GAP_MIN_MILLIS = 1_000;
    private static final int GAP_MAX_MILLIS = 4_000;
    private static final int HOLD_MIN_MILLIS = 1_000;
    private static final int HOLD_MAX_MILLIS = 8_000;

    private final List<FaultKind> kinds;
    private final SplittableRandom random;

    /**
     * A schedule at its beginning.
     *
     * @param seed repeats it
     * @param kinds that are drawn from, at least one; their order matters
     * @throws IllegalArgumentException if there are none
     */
    public Schedule(long seed, List<FaultKind> kinds) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a schedule needs at least one kind of fault");
        }
        this.kinds = List.copyOf(kinds);
        this.random = new SplittableRandom(seed);
    }

    /**
     * Draws the next fault.
     *
     * @return never the end
     */
    public PlannedFault next() {
        return new PlannedFault(
                kinds.get(random.nextInt(kinds.size())),
                Duration.ofMillis(random.nextInt(GAP_MIN_MILLIS, GAP_MAX_MILLIS)),
                Duration.ofMillis(random.nextInt(HOLD_MIN_MILLIS, HOLD_MAX_MILLIS)),
                random.nextLong());
    }
}
