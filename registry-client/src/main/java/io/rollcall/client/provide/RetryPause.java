package io.rollcall.client.provide;

import io.rollcall.api.error.RetryAdvice;
import io.rollcall.client.answer.Refusal;
import java.time.Duration;

/**
 * How long to wait after a failure: twice as long each time. Half of it is chance, so that processes that failed together
 * do not return together.
 *
 * @param first after the first failure, before chance
 * @param longest after many, before chance
 */
record RetryPause(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 16;

    /**
     * Draws a wait.
     *
     * @param failures in a row, 1 or more
     * @param chance 0 to 1
     */
    long nanos(int failures, double chance) {
        long doubled = first.toNanos() << Math.min(failures - 1, MAX_DOUBLINGS);
        long full = Math.min(doubled, longest.toNanos());
        long half = full / 2;
        return half + (long) (half * chance);
    }

    /** How long the registry asked to wait because it has too much to do; zero if that is not why. */
    static Duration askedFor(Refusal refusal) {
        boolean isForLater = refusal.known()
                .filter(code -> code.retryAdvice() == RetryAdvice.LATER)
                .isPresent();
        return isForLater && refusal.members().get("retryAfter") instanceof Number seconds && seconds.longValue() > 0
                ? Duration.ofSeconds(seconds.longValue())
                : Duration.ZERO;
    }
}
