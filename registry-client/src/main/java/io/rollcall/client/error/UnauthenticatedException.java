package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** No token went with the request, or a wrong one. */
public final class UnauthenticatedException extends AccessRefusedException {

    private static final long serialVersionUID = 1L;

    UnauthenticatedException(Refusal refusal) {
        super(refusal);
    }
}
