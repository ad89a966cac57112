package io.rollcall.bench.watch;

import java.util.Arrays;

/** What all watchers were told, and when. Thread-safe. */
public final class Arrivals {

    /** The time of what never was. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final int FIRST = 1 << 16;

    private long[] changes = new long[FIRST];
    private long[] nanos = new long[FIRST];
    private int size;

    /** Nothing yet. */
    public Arrivals() {}

    /**
     * Notes that one watcher was told of a change.
     *
     * @param change its number
     * @param atNanos when
     */
    public synchronized void add(long change, long atNanos) {
        if (size == changes.length) {
            changes = Arrays.copyOf(changes, 2 * size);
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        changes[size] = change;
        nanos[size++] = atNanos;
        notifyAll();
    }

    /** Returns how often a watcher was told of something. */
    public synchronized int size() {
        return size;
    }

    /** Forgets all. */
    public synchronized void clear() {
        size = 0;
    }

    /**
     * Compares with the times of the changes.
     *
     * @param first number of the first change
     * @param times of each change, from the first on; {@link #NEVER} leaves a change out
     * @return how much later each watcher was told, in milliseconds, sorted; below 0 where he was told before; what is told
     *     of other changes is left out
     */
    public synchronized double[] laterMillis(long first, long[] times) {
        var later = new double[size];
        var count = 0;
        for (var i = 0; i < size; i++) {
            var at = changes[i] - first;
            if (at >= 0 && at < times.length && times[(int) at] != NEVER) {
                later[count++] = (nanos[i] - times[(int) at]) / 1e6;
            }
        }
        later = Arrays.copyOf(later, count);
        Arrays.sort(later);
        return later;
    }

    /**
     * Returns a quantile.
     *
     * @param sorted one or more values
     * @param percentile 0 to 100
     * @return the least value that so many percent do not exceed
     */
    public static double percentile(double[] sorted, double percentile) {
        var rank = (int) Math.ceil(percentile / 100 * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }
}
