package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The policy is not there. */
public final class PolicyNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    PolicyNotFoundException(Refusal refusal) {
        super(refusal);
    }
}
