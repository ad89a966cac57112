package io.rollcall.chaos.network;

import java.time.Duration;

/**
 * How poor a flow is. TCP hides all of it but the time that it takes: what was lost comes again, and order is kept.
 *
 * @param delay of each chunk
 * @param jitter by which the delay varies, both ways and evenly; at most the delay
 * @param lossProbability of each chunk, 0 to below 1; a lost one is late by the retransmission timeout of
 *     TCP, 200 ms, which doubles while it is lost again
 * @param bytesPerSecond of all connections together; 0: no limit
 */
public record Shape(Duration delay, Duration jitter, double lossProbability, long bytesPerSecond) {

    /** What passes as fast as it can. */
    public static final Shape CLEAR = new Shape(Duration.ZERO, Duration.ZERO, 0, 0);

    /** Checks the ranges. */
    public Shape {
        if (delay.isNegative() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
            throw new IllegalArgumentException("jitter must be 0 to the delay of " + delay + ", is " + jitter);
        }
        if (!(lossProbability >= 0 && lossProbability < 1)) {
            throw new IllegalArgumentException("loss must be 0 to below 1, is " + lossProbability);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bytes per second must not be negative: " + bytesPerSecond);
        }
    }

    /**
     * A long way.
     *
     * @param delay of each chunk
     * @param jitter by which it varies
     * @return the shape
     */
    public static Shape delayed(Duration delay, Duration jitter) {
        return new Shape(delay, jitter, 0, 0);
    }

    /**
     * A bad line.
     *
     * @param lossProbability of each chunk
     * @return the shape
     */
    public static Shape lossy(double lossProbability) {
        return new Shape(Duration.ZERO, Duration.ZERO, lossProbability, 0);
    }

    /**
     * A thin line.
     *
     * @param bytesPerSecond 1 or more
     * @return the shape
     */
    public static Shape narrow(long bytesPerSecond) {
        return new Shape(Duration.ZERO, Duration.ZERO, 0, bytesPerSecond);
    }
}
