package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The nodes that were tried have not caught up. */
public final class NotReadyException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    NotReadyException(Refusal refusal) {
        super(refusal);
    }
}
