package io.rollcall.client;

import java.time.Duration;

/**
 * How long one call may take, where that differs from the client's other calls.
 *
 * @param attemptTimeout for one attempt on one server, more than zero
 * @param deadline for the call with all its attempts, more than zero
 */
public record CallLimits(Duration attemptTimeout, Duration deadline) {

    /** Checks them. */
    public CallLimits {
        if (attemptTimeout.isNegative() || attemptTimeout.isZero() || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException(
                    "limits of a call must be above zero, are " + attemptTimeout + " and " + deadline);
        }
    }
}
