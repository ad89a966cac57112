package io.rollcall.statemachine.history;

/** The store is not open now. */
public final class PastUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A store that is not open. */
    public PastUnavailableException() {
        super("the store of this node is not open; it starts, stops or installs a snapshot");
    }
}
