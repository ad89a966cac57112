package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The token is not there. */
public final class TokenNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    TokenNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
