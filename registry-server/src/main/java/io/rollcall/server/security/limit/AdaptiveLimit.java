package io.rollcall.server.security.limit;

import java.util.function.LongSupplier;

/**
 * How many may be under way at once, found out by how long they take: additive increase, multiplicative decrease, as TCP
 * finds its window (and Netflix' concurrency-limits its AIMDLimit). One that took longer than the target lowers the limit by a
 * tenth, at most once in a target's time; those that are quicker raise it again by one for each full round, but only while the
 * limit is what holds them back. Thread-safe.
 *
 * <p>What waits is what is under way beyond what the cluster works on, so that the limit bounds the time in the queue without
 * anybody having to know how fast the cluster is.
 */
final class AdaptiveLimit {

    private static final double DECREASE = 0.9;

    private final int min;
    private final int max;
    private final long targetNanos;
    private final LongSupplier nanos;

    // Guarded by this.
    private double limit;
    private int underWay;
    private long loweredAt;

    /**
     * Begins at the most.
     *
     * @param min what it never falls below
     * @param max what it never exceeds
     * @param targetNanos what one may take
     * @param nanos a monotonic clock
     */
    AdaptiveLimit(int min, int max, long targetNanos, LongSupplier nanos) {
        this.min = Math.min(min, max);
        this.max = max;
        this.targetNanos = targetNanos;
        this.nanos = nanos;
        this.limit = max;
        this.loweredAt = nanos.getAsLong() - targetNanos;
    }

    /** Whether another one would be refused. */
    synchronized boolean isFull() {
        return underWay >= (int) limit;
    }

    /**
     * Begins one.
     *
     * @return whether it may begin; then {@link #ended} has to follow
     */
    synchronized boolean tryBegin() {
        if (isFull()) {
            return false;
        }
        underWay++;
        return true;
    }

    /**
     * Ends one.
     *
     * @param beganNanos when it began
     */
    synchronized void ended(long beganNanos) {
        long now = nanos.getAsLong();
        if (now - beganNanos > targetNanos) {
            if (now - loweredAt >= targetNanos) {
                loweredAt = now;
                // From what there really was: room that nobody used says nothing.
                limit = Math.max(min, Math.min(limit, underWay) * DECREASE);
            }
        } else if (underWay * 2 >= limit) {
            limit = Math.min(max, limit + 1 / limit);
        }
        underWay--;
    }

    synchronized int limit() {
        return (int) limit;
    }

    synchronized int underWay() {
        return underWay;
    }
}
