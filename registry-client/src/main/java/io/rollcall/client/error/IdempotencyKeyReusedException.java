package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The request id was used for another request. */
public final class IdempotencyKeyReusedException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyReusedException(Refusal refusal) {
        super(refusal);
    }
}
