package io.rollcall.server.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * How long a job waits for a thread, measured by jobs of its own that do nothing. Like CoDel it looks at the shortest wait of a
 * while: a burst that is worked off makes some wait, a queue that stands makes all wait.
 */
final class QueueDelay {

    /** Probes in a row that were late before the queue counts as standing. */
    private static final int LATE_MIN = 3;

    private final Executor threads;
    private final long maxNanos;

    private volatile long probeSince;
    private volatile boolean isProbing;
    private volatile int lateInARow;

    QueueDelay(Executor threads, long maxNanos) {
        this.threads = threads;
        this.maxNanos = maxNanos;
    }

    /** To be called every 50 ms or so, by one thread: sends a probe unless one is under way. */
    void probe() {
        if (isProbing) {
            return;
        }
        isProbing = true;
        probeSince = System.nanoTime();
        try {
            threads.execute(this::arrived);
        } catch (RejectedExecutionException e) {
            // The server stops.
            isProbing = false;
        }
    }

    private void arrived() {
        // One probe at a time: nobody else writes it meanwhile.
        lateInARow = System.nanoTime() - probeSince > maxNanos ? Math.min(LATE_MIN, lateInARow + 1) : 0;
        isProbing = false;
    }

    /** Whether the queue stands. */
    boolean isStanding() {
        return lateInARow >= LATE_MIN || (isProbing && System.nanoTime() - probeSince > LATE_MIN * maxNanos);
    }
}
