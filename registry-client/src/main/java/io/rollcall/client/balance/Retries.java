package io.rollcall.client.balance;

import java.util.function.Predicate;

/**
 * When a call that failed is made again at another instance.
 *
 * <p>All retries of a {@link BalancedCalls} have a budget, so that they do not melt a service that is in trouble as a
 * whole: a part of its calls of the last ten seconds, and some a second on top for those that make few calls.
 *
 * @param maxAttempts 1 or more: how often a call is made in all, each time at another instance
 * @param budgetShare 0 or more, such as 0.2: the part of the calls that may be made once more
 * @param budgetPerSecond 0 or more: retries beyond that part
 * @param beforeSending which exceptions prove that the instance has not seen the call: then any call is made again
 * @param retriable which others may have been overcome at another instance: then it is made again if it is idempotent,
 *     which the caller says by {@link CallOptions}
 * @see <a href="https://finagle.github.io/blog/2016/02/08/retry-budgets">Finagle's retry budgets</a>
 */
public record Retries(
        int maxAttempts,
        double budgetShare,
        int budgetPerSecond,
        Predicate<Throwable> beforeSending,
        Predicate<Throwable> retriable) {

    /** Three attempts, a budget of 20 % and 10 a second, and the exceptions of the JDK's network code. */
    public static final Retries DEFAULT = new Retries(3, 0.2, 10, Failures::isBeforeSending, Failures::isOfConnection);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the bad value
     */
    public Retries {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts " + maxAttempts + " must be 1 or more");
        }
        if (!(budgetShare >= 0) || budgetPerSecond < 0) {
            throw new IllegalArgumentException(
                    "budgetShare " + budgetShare + " and budgetPerSecond " + budgetPerSecond + " must be 0 or more");
        }
    }

    /**
     * Makes each call once.
     *
     * @return no retries
     */
    public static Retries off() {
        return DEFAULT.withMaxAttempts(1);
    }

    /**
     * Sets how often a call is made in all.
     *
     * @param value 1 or more
     * @return another rule
     */
    public Retries withMaxAttempts(int value) {
        return new Retries(value, budgetShare, budgetPerSecond, beforeSending, retriable);
    }

    /**
     * Sets the budget.
     *
     * @param share 0 or more: the part of the calls that may be made once more
     * @param perSecond 0 or more: retries beyond that part
     * @return another rule
     */
    public Retries withBudget(double share, int perSecond) {
        return new Retries(maxAttempts, share, perSecond, beforeSending, retriable);
    }

    /**
     * Sets which exceptions prove that the instance has not seen the call.
     *
     * @param value told the exception without the wrappers of futures
     * @return another rule
     */
    public Retries withBeforeSendingWhen(Predicate<Throwable> value) {
        return new Retries(maxAttempts, budgetShare, budgetPerSecond, value, retriable);
    }

    /**
     * Sets which exceptions make an idempotent call worth another attempt.
     *
     * @param value told the exception without the wrappers of futures
     * @return another rule
     */
    public Retries withRetriableWhen(Predicate<Throwable> value) {
        return new Retries(maxAttempts, budgetShare, budgetPerSecond, beforeSending, value);
    }

    /** Whether a failure may be followed by another attempt, the budget aside. */
    boolean allows(Throwable failure, boolean isIdempotent) {
        return beforeSending.test(failure) || (isIdempotent && retriable.test(failure));
    }
}
