package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.time.Duration;
import java.util.Optional;

/**
 * The registry could not do it now: the same request may succeed later. The client has tried the other nodes where that
 * could help, up to its deadline.
 */
public class UnavailableException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private static final long MAX_SECONDS = Duration.ofDays(1).toSeconds();

    UnavailableException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns how long to wait before the next try.
     *
     * @return zero or more, at most a day; empty if the registry did not say
     */
    public Optional<Duration> retryAfter() {
        return number("retryAfter").stream()
                .filter(seconds -> seconds >= 0)
                .mapToObj(seconds -> Duration.ofSeconds(Math.min(seconds, MAX_SECONDS)))
                .findFirst();
    }
}
