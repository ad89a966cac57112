package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The policy is built in, and can be neither changed nor deleted. */
public final class PolicyBuiltInException extends ConflictException {

    private static final long serialVersionUID = 1L;

    PolicyBuiltInException(Refusal refusal) {
        super(refusal);
    }
}
