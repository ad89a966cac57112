package io.rollcall.server.leader;

/** A token bucket that holds at most one second's worth. Not thread-safe. */
final class RateLimit {

    private static final long NANOS_OF_SECOND = 1_000_000_000;

    private final int perSecond;
    private double tokens;
    private long filledAtNanos;

    RateLimit(int perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledAtNanos = nowNanos;
    }

    /** Takes up to so many tokens; returns how many there were. */
    int take(int wanted, long nowNanos) {
        double earned = (double) (nowNanos - filledAtNanos) * perSecond / NANOS_OF_SECOND;
        tokens = Math.min(perSecond, tokens + Math.max(0, earned));
        filledAtNanos = nowNanos;
        int taken = (int) Math.min(wanted, tokens);
        tokens -= taken;
        return taken;
    }
}
