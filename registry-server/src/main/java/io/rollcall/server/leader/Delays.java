package io.rollcall.server.leader;

import java.util.Arrays;

/** The latest delays of one member. Thread-safe. */
final class Delays {

    /** Measurements that the figures are of. */
    static final int KEPT = 128;

    private static final double PERCENT = 100.0;
    private static final double NANOS_OF_MILLI = 1_000_000.0;

    private final long[] nanos = new long[KEPT];
    private int count;
    private int missed;

    /**
     * The figures at a moment.
     *
     * @param samples how many measurements they are of
     * @param missed how many were not told in time, since the beginning
     * @param lastMillis the latest
     * @param p50Millis what half of them are within
     * @param p99Millis what 99 of 100 are within
     */
    record Figures(int samples, int missed, double lastMillis, double p50Millis, double p99Millis) {}

    synchronized void add(long delayNanos) {
        nanos[count++ % KEPT] = delayNanos;
    }

    synchronized void miss() {
        missed++;
    }

    synchronized Figures figures() {
        int samples = Math.min(count, KEPT);
        if (samples == 0) {
            return new Figures(0, missed, 0, 0, 0);
        }
        long[] sorted = Arrays.copyOf(nanos, samples);
        Arrays.sort(sorted);
        return new Figures(
                samples, missed, millis(nanos[(count - 1) % KEPT]), percentile(sorted, 50), percentile(sorted, 99));
    }

    private static double percentile(long[] sorted, int percent) {
        return millis(sorted[(int) Math.ceil(sorted.length * percent / PERCENT) - 1]);
    }

    private static double millis(long delayNanos) {
        return Math.round(delayNanos / 1_000.0) / (NANOS_OF_MILLI / 1_000.0);
    }
}
