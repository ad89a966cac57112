package io.rollcall.bench.report;

import java.util.Locale;

/**
 * What a median is to reach.
 *
 * @param bound included
 * @param isFloor at least the bound; else at most
 */
public record Target(double bound, boolean isFloor) {

    /**
     * A floor.
     *
     * @param bound the least
     * @return at least that
     */
    public static Target atLeast(double bound) {
        return new Target(bound, true);
    }

    /**
     * A ceiling.
     *
     * @param bound the most
     * @return at most that
     */
    public static Target atMost(double bound) {
        return new Target(bound, false);
    }

    /**
     * Compares.
     *
     * @param value a median
     * @return whether it reaches the target
     */
    public boolean isReachedBy(double value) {
        return isFloor ? value >= bound : value <= bound;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s", isFloor ? "at least" : "at most", Numbers.text(bound));
    }
}
