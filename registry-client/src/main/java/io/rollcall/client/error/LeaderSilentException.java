package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The leader did not answer in time a call that changes nothing. For a write that is {@link OutcomeUnknownException}. */
public final class LeaderSilentException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    LeaderSilentException(Refusal refusal) {
        super(refusal);
    }
}
