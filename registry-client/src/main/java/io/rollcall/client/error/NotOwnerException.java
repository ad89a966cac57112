package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** Another identity owns the instance; nothing was done. */
public final class NotOwnerException extends AccessRefusedException {

    private static final long serialVersionUID = 1L;

    NotOwnerException(Refusal refusal) {
        super(refusal);
    }
}
