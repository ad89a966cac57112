package io.rollcall.server.raft;

import org.jspecify.annotations.Nullable;

/** A member did not answer, or could not do what was asked. */
final class PeerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean notSent;

    PeerException(String message, boolean notSent, @Nullable Throwable cause) {
        super(message, cause);
        this.notSent = notSent;
    }

    /** Whether the request certainly did not reach the member. */
    boolean wasNotSent() {
        return notSent;
    }
}
