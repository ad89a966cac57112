package io.rollcall.client.provide;

import java.time.Duration;

/**
 * The lease of one instance as this process counts it: from the moment that a beat was sent which was acknowledged later.
 * The registry counts from when the beat came, so that a lease never ends there before it does here. By a monotonic clock:
 * a process that stood still knows it when it goes on. Not thread-safe.
 */
final class CountedLease {

    private long ttlNanos;
    private long heardNanos;
    private long beatDueNanos;

    /**
     * Runs anew.
     *
     * @param ttl zero: it never ends, and needs no beat
     * @param sentNanos when the beat, or the registration, was sent
     * @param share of the lease, after which the next beat is due
     */
    void renew(Duration ttl, long sentNanos, double share) {
        ttlNanos = ttl.toNanos();
        heardNanos = sentNanos;
        beatDueNanos = sentNanos + Math.round(ttlNanos * share);
    }

    /**
     * Runs since a registration. One that was answered late has a beat due at once, and is not told to be lost before that
     * had its chance: most likely it waited for the answer of a slow registry, or of its own start.
     *
     * @param nowNanos when the answer came
     */
    void begin(Duration ttl, long sentNanos, long nowNanos, double share) {
        renew(ttl, sentNanos, share);
        heardNanos = Math.max(sentNanos, nowNanos - ttlNanos / 2);
    }

    /** The next beat is due a share of the lease from now on, although none was acknowledged. */
    void postponeBeat(long nowNanos, double share) {
        beatDueNanos = nowNanos + Math.round(ttlNanos * share);
    }

    boolean hasEnd() {
        return ttlNanos > 0;
    }

    long heardNanos() {
        return heardNanos;
    }

    Duration silence(long now) {
        return Duration.ofNanos(now - heardNanos);
    }

    boolean isOver(long now) {
        return hasEnd() && now - heardNanos > ttlNanos;
    }

    /** Two beats in a row may be lost; after that there is not much left. */
    boolean isAtRisk(long now) {
        return hasEnd() && now - heardNanos >= riskNanos();
    }

    private long riskNanos() {
        return ttlNanos / 3 * 2;
    }

    /** How long until it is at risk, or else until it is over; the end of time if neither is ahead. */
    long untilWorse(long now) {
        long silence = now - heardNanos;
        if (!hasEnd() || silence > ttlNanos) {
            return Long.MAX_VALUE;
        }
        return (silence < riskNanos() ? riskNanos() : ttlNanos + 1) - silence;
    }

    /** Zero or less if a beat is due; the end of time if none ever is. */
    long untilBeat(long now) {
        return hasEnd() ? beatDueNanos - now : Long.MAX_VALUE;
    }

    /** Whether a beat does good when one is sent for others anyway: so those that began apart come together. */
    boolean isRipe(long now) {
        return hasEnd() && now - heardNanos >= (beatDueNanos - heardNanos) / 2;
    }

    /** Zero if it never ends. */
    long ttlNanos() {
        return ttlNanos;
    }
}
