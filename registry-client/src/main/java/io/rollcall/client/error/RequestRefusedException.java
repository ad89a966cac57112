package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The request is at fault: the same one fails again on every node. */
public class RequestRefusedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    RequestRefusedException(Refusal refusal) {
        super(refusal);
    }
}
