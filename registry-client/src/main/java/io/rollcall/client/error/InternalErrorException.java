package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** A fault of the server's own, on every node that was tried. */
public final class InternalErrorException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    InternalErrorException(Refusal refusal) {
        super(refusal);
    }
}
