package io.rollcall.chaos.network;

import java.util.concurrent.TimeUnit;

/** When TCP sends again what was not acknowledged: after a timeout of its own, which doubles each time. */
final class Retransmission {

    /** The shortest timeout of Linux, which a loopback or a local network has. */
    static final long FIRST_MILLIS = 200;

    /** The first timeout of a connection that is being made. */
    static final long FIRST_OF_HANDSHAKE_MILLIS = 1_000;

    /** The longest timeout of Linux. */
    private static final long LONGEST_MILLIS = 120_000;

    private Retransmission() {}

    /**
     * Waits for the next attempt at what was sent first at a given time, and has been lost so far.
     *
     * @param sentNanos when it was sent
     * @param firstMillis the first timeout
     */
    static void awaitNext(long sentNanos, long firstMillis) throws InterruptedException {
        long now = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(sentNanos + nanosToNext(now - sentNanos, firstMillis) - now);
    }

    /** The time from the first attempt to the first further one that comes after a given time. */
    private static long nanosToNext(long elapsedNanos, long firstMillis) {
        long elapsedMillis = TimeUnit.NANOSECONDS.toMillis(elapsedNanos);
        long timeout = firstMillis;
        long attempt = timeout;
        while (attempt <= elapsedMillis) {
            timeout = next(timeout);
            attempt += timeout;
        }
        return TimeUnit.MILLISECONDS.toNanos(attempt);
    }

    /** The timeout after one that has passed in vain. */
    static long next(long timeoutMillis) {
        return Math.min(2 * timeoutMillis, LONGEST_MILLIS);
    }
}
