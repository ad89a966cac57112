package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The cluster has no leader; nothing was done. */
public final class NoLeaderException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    NoLeaderException(Refusal refusal) {
        super(refusal);
    }
}
