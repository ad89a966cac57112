package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** Too many requests. */
public final class RateLimitedException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    RateLimitedException(Refusal refusal) {
        super(refusal);
    }
}
