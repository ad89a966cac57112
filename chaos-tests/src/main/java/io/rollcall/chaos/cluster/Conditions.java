package io.rollcall.chaos.cluster;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waiting for what must come to be: only an assertion error is tried again, everything else ends the wait. */
public final class Conditions {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private Conditions() {}

    /**
     * Waits until an assertion holds.
     *
     * @param what is waited for, for the message
     * @param limit how long
     * @param assertion throws an {@link AssertionError} while it does not hold
     * @throws org.awaitility.core.ConditionTimeoutException if it does not hold in time, with the last error as cause
     */
    public static void await(String what, Duration limit, ThrowingRunnable assertion) {
        Awaitility.await(what)
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL_INTERVAL)
                .untilAsserted(assertion);
    }
}
