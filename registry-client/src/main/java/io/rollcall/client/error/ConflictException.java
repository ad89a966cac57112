package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The registry holds something else than the request supposes: read it again, then decide anew. */
public class ConflictException extends RefusedException {

    private static final long serialVersionUID = 1L;

    ConflictException(Refusal refusal) {
        super(refusal);
    }
}
