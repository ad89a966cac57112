package io.rollcall.client.balance;

import java.time.Duration;

/**
 * How an instance that has just become healthy gets its share of the calls: more and more of it over a window, since cold
 * caches and compilers make it slow at first. The part after time {@code t} is {@code (t / window) ^ (1 / aggression)}, and
 * {@code minPart} at least. Shares are relative, so that a service that is new as a whole gets all its calls.
 *
 * @param window how long it takes, from the {@code healthySince} of the registry; zero: no slow start. Too long leaves the
 *     old instances with the load that a new one was started for
 * @param aggression above 0: 1 is a straight line, more is quicker at first, less is slower
 * @param minPart above 0, at most 1: what it gets at once. Too little, and it is never warmed up
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/slow_start">Envoy's
 *     slow start mode</a>, from which the formula is taken
 */
public record SlowStart(Duration window, double aggression, double minPart) {

    /** The window unless told. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(30);

    /** What an instance gets at once unless told. */
    public static final double DEFAULT_MIN_PART = 0.1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the bad value
     */
    public SlowStart {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window " + window + " must be zero or more");
        }
        if (!(aggression > 0)) {
            throw new IllegalArgumentException("aggression " + aggression + " must be above 0");
        }
        if (!(minPart > 0 && minPart <= 1)) {
            throw new IllegalArgumentException("minPart " + minPart + " must be above 0, at most 1");
        }
    }

    /**
     * A straight line.
     *
     * @param window how long it takes
     * @return slow start
     */
    public static SlowStart over(Duration window) {
        return new SlowStart(window, 1, DEFAULT_MIN_PART);
    }

    /**
     * All instances get all of their share at once.
     *
     * @return no slow start
     */
    public static SlowStart off() {
        return over(Duration.ZERO);
    }

    /** The part of its share that an instance gets, above 0 and at most 1. */
    double part(long healthyNanos) {
        if (healthyNanos >= window.toNanos()) {
            return 1;
        }
        return Math.max(minPart, Math.pow((double) healthyNanos / window.toNanos(), 1 / aggression));
    }
}
