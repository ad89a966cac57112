package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The version of the configuration key is not kept. */
public final class VersionNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    VersionNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
