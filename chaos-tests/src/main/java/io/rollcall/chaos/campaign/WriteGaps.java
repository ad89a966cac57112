package io.rollcall.chaos.campaign;

import java.util.concurrent.TimeUnit;

/** The longest time between two acknowledged writes since it was told to forget. Thread-safe. */
final class WriteGaps {

    private long lastNanos = System.nanoTime();
    private long longestNanos;

    synchronized void written(long nowNanos) {
        longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
        lastNanos = Math.max(lastNanos, nowNanos);
    }

    /** Begins anew; a time without a write that has begun before counts on. */
    synchronized void forget() {
        longestNanos = 0;
    }

    /** The time that has not ended yet included. */
    synchronized long longestMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(longestNanos, nowNanos - lastNanos));
    }
}
