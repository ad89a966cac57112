package io.rollcall.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between attempts: it doubles from one to the next. Half of it is chance, so that callers that failed
 * together do not return together.
 *
 * @param min before the second attempt, before jitter
 * @param max the longest wait, before jitter
 */
record Backoff(Duration min, Duration max) {

    private static final int MAX_DOUBLINGS = 16;

    /** The wait after so many attempts, 1 or more, in nanoseconds. */
    long nanos(int made) {
        long doubled = min.toNanos() << Math.min(made - 1, MAX_DOUBLINGS);
        long full = Math.min(doubled, max.toNanos());
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }
}
