package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The caller may not do it: another token, permission or quota is needed. */
public class AccessRefusedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    AccessRefusedException(Refusal refusal) {
        super(refusal);
    }
}
