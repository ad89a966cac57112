package io.rollcall.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One value for each round.
 *
 * @param rounds in their order, one or more
 */
public record Series(List<Double> rounds) {

    /** Copies the rounds. */
    public Series {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("a series needs at least one round");
        }
    }

    /**
     * A series of one value.
     *
     * @param value any
     * @return one round
     */
    public static Series of(double value) {
        return new Series(List.of(value));
    }

    /** Returns the middle value, or the mean of the two in the middle. */
    public double median() {
        var sorted = rounds.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the least value. */
    public double min() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** Returns the greatest value. */
    public double max() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /**
     * The ratio of each round to the same round of another series: what slows the machine for a while slows both.
     *
     * @param base as many rounds
     * @return this by {@code base}
     */
    public Series dividedBy(Series base) {
        if (base.rounds.size() != rounds.size()) {
            throw new IllegalArgumentException("series of " + rounds.size() + " and " + base.rounds.size() + " rounds");
        }
        var ratios = new ArrayList<Double>();
        for (var i = 0; i < rounds.size(); i++) {
            ratios.add(rounds.get(i) / base.rounds.get(i));
        }
        return new Series(ratios);
    }
}
