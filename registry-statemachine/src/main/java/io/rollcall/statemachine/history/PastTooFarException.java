package io.rollcall.statemachine.history;

/** An answer would take more reading than is allowed. */
public final class PastTooFarException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Reads that came to their end before the answer did.
     *
     * @param maxRecords how many instances and events were read
     */
    public PastTooFarException(long maxRecords) {
        super("more than " + maxRecords + " instances and events would have to be read");
    }
}
