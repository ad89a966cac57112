package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** What the request is about is not there. */
public class NotFoundException extends RefusedException {

    private static final long serialVersionUID = 1L;

    NotFoundException(Refusal refusal) {
        super(refusal);
    }
}
