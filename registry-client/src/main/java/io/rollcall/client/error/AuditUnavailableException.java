package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The node cannot write its audit log, and refuses what it could not write down; nothing was done. */
public final class AuditUnavailableException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    AuditUnavailableException(Refusal refusal) {
        super(refusal);
    }
}
