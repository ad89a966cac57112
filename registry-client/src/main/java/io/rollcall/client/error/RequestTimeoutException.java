package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The body did not arrive in time; nothing was done. */
public final class RequestTimeoutException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    RequestTimeoutException(Refusal refusal) {
        super(refusal);
    }
}
