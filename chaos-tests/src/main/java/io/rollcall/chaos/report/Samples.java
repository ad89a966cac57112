package io.rollcall.chaos.report;

import java.util.List;

/**
 * Times that were measured, in milliseconds.
 *
 * @param sorted ascending, not empty
 */
record Samples(List<Long> sorted) {

    static Samples of(List<Long> samples) {
        return new Samples(samples.stream().sorted().toList());
    }

    int size() {
        return sorted.size();
    }

    /** The smallest sample that is not exceeded by {@code percent} of them. */
    long percentile(int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(1, rank) - 1);
    }

    long max() {
        return sorted.get(sorted.size() - 1);
    }
}
