package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The configuration key is not there. */
public final class ConfigNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    ConfigNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
