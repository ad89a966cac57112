package io.rollcall.client.balance;

import java.util.concurrent.TimeUnit;

/** What may be retried: a part of the calls of the last ten seconds, and some a second beyond. Thread-safe. */
final class RetryBudget {

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int SLICES = 10;
    private static final long SLICE_NANOS = WINDOW_NANOS / SLICES;

    private final Time time;
    private final double share;
    private final long reserve;
    private final long[] calls = new long[SLICES];
    private final long[] retries = new long[SLICES];
    private final long originNanos;
    private long slice;
    private long callSum;
    private long retrySum;

    RetryBudget(Time time, Retries rule) {
        this.time = time;
        this.share = rule.budgetShare();
        this.reserve = rule.budgetPerSecond() * TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS);
        this.originNanos = time.nanos();
    }

    /** A call was made for the first time. */
    synchronized void called() {
        forget();
        calls[(int) (slice % SLICES)]++;
        callSum++;
    }

    /** Takes one retry out of the budget if there is one. */
    synchronized boolean take() {
        forget();
        if (retrySum + 1 > callSum * share + reserve) {
            return false;
        }
        retries[(int) (slice % SLICES)]++;
        retrySum++;
        return true;
    }

    private void forget() {
        long now = (time.nanos() - originNanos) / SLICE_NANOS;
        // Once around clears all, however long nobody called.
        for (int i = 0; i < SLICES && slice < now; i++) {
            slice++;
            int old = (int) (slice % SLICES);
            callSum -= calls[old];
            retrySum -= retries[old];
            calls[old] = 0;
            retries[old] = 0;
        }
        slice = Math.max(slice, now);
    }
}
