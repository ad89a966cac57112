package io.rollcall.client.balance;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * When an instance that fails is left out for a while, although the registry has not noticed yet. It is the consecutive
 * failures rule of Envoy's outlier detection, with the probation of Finagle's failure accrual: one that returns is out
 * again, for longer, by its first failure, until a call succeeds.
 *
 * @param failures 1 or more: in a row, as this process sees it. Too few eject by chance; too many make many calls fail
 * @param base how long the first ejection lasts; the n-th in a row lasts n times as long
 * @param max how long it lasts at most
 * @param maxShare 0 to 1: the part of the instances that may be out at a time. One may always be out and one is always
 *     left; 0 ejects none. Too large, and a fault of this process' own network leaves it with one instance
 * @param countsAsFailure which exceptions are the instance's fault; other ones say nothing of it, neither good nor bad
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier">outlier detection in
 *     Envoy</a>; gRFC A50 for gRPC
 */
public record Ejection(
        int failures, Duration base, Duration max, double maxShare, Predicate<Throwable> countsAsFailure) {

    /** Five failures in a row, 10 s, at most 5 min, at most half of the instances, faults of the connection. */
    public static final Ejection DEFAULT =
            new Ejection(5, Duration.ofSeconds(10), Duration.ofMinutes(5), 0.5, Failures::isOfConnection);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the bad value
     */
    public Ejection {
        if (failures < 1) {
            throw new IllegalArgumentException("failures " + failures + " must be 1 or more");
        }
        if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException("base " + base + " must be above zero and not above max " + max);
        }
        if (!(maxShare >= 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("maxShare " + maxShare + " must be 0 to 1");
        }
    }

    /**
     * Leaves none out.
     *
     * @return no ejection
     */
    public static Ejection off() {
        return DEFAULT.withMaxShare(0);
    }

    /**
     * Sets how many failures in a row it takes.
     *
     * @param value 1 or more
     * @return another rule
     */
    public Ejection withFailures(int value) {
        return new Ejection(value, base, max, maxShare, countsAsFailure);
    }

    /**
     * Sets how long an ejection lasts.
     *
     * @param baseValue the first
     * @param maxValue each, at most
     * @return another rule
     */
    public Ejection withDuration(Duration baseValue, Duration maxValue) {
        return new Ejection(failures, baseValue, maxValue, maxShare, countsAsFailure);
    }

    /**
     * Sets the part of the instances that may be out at a time.
     *
     * @param value 0 to 1
     * @return another rule
     */
    public Ejection withMaxShare(double value) {
        return new Ejection(failures, base, max, value, countsAsFailure);
    }

    /**
     * Sets which exceptions are the instance's fault.
     *
     * @param value told the exception without the wrappers of futures
     * @return another rule
     */
    public Ejection withFailureWhen(Predicate<Throwable> value) {
        return new Ejection(failures, base, max, maxShare, value);
    }

    /** How many of so many may be out. */
    int allowed(int instances) {
        return maxShare == 0 ? 0 : Math.max(0, Math.min(instances - 1, Math.max(1, (int) (instances * maxShare))));
    }
}
