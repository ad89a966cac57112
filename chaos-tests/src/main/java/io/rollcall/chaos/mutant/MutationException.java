package io.rollcall.chaos.mutant;

/** A mutant cannot be made: its name is unknown, or the server has not got what it rewrites. */
public final class MutationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A mutant that cannot be made.
     *
     * @param message which, and why
     */
    MutationException(String message) {
        super(message);
    }
}
