package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;

/** The disk of the node is nearly full; nothing was done. Deregistrations and heartbeats are still taken. */
public final class DiskFullException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    DiskFullException(Refusal refusal) {
        super(refusal);
    }
}
