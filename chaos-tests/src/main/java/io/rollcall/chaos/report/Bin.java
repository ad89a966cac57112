package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Some seconds of a run, drawn as one.
 *
 * @param fromSecond the first
 * @param seconds how many
 * @param acknowledged a second, on average
 * @param notDone a second, on average
 * @param unknown a second, on average
 * @param medianMillis the seconds' medians, averaged by their operations; 0 without any
 * @param p99Millis the highest of the seconds'
 */
record Bin(
        int fromSecond,
        int seconds,
        double acknowledged,
        double notDone,
        double unknown,
        double medianMillis,
        double p99Millis) {

    static final int MAX_BINS = 600;

    /** At most {@value #MAX_BINS}, all of the same width but the last, which may be narrower. */
    static List<Bin> of(List<Second> seconds) {
        int width = Math.max(1, (seconds.size() + MAX_BINS - 1) / MAX_BINS);
        List<Bin> bins = new ArrayList<>();
        for (int from = 0; from < seconds.size(); from += width) {
            bins.add(of(from, seconds.subList(from, Math.min(seconds.size(), from + width))));
        }
        return bins;
    }

    private static Bin of(int from, List<Second> seconds) {
        long acknowledged = 0;
        long notDone = 0;
        long unknown = 0;
        double medians = 0;
        double p99 = 0;
        for (Second second : seconds) {
            acknowledged += second.acknowledged();
            notDone += second.notDone();
            unknown += second.unknown();
            medians += second.medianMillis() * second.acknowledged();
            p99 = Math.max(p99, second.p99Millis());
        }
        double width = seconds.size();
        return new Bin(
                from,
                seconds.size(),
                acknowledged / width,
                notDone / width,
                unknown / width,
                acknowledged == 0 ? 0 : medians / acknowledged,
                p99);
    }

    double total() {
        return acknowledged + notDone + unknown;
    }

    long fromMillis() {
        return fromSecond * 1_000L;
    }

    long toMillis() {
        return (fromSecond + seconds) * 1_000L;
    }
}
