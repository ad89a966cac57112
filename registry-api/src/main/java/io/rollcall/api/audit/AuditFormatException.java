package io.rollcall.api.audit;

/** A line that is none of an audit log, or not as it was written. */
public final class AuditFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message what is wrong with the line
     */
    public AuditFormatException(String message) {
        super(message);
    }
}
