package io.rollcall.client.error;

/**
 * A write was sent and its answer was lost: it may have been done. Repeating it with the same request id within ten minutes
 * gives the first answer, and does it at most once.
 */
public final class OutcomeUnknownException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final String requestId;

    /**
     * A write whose outcome is unknown.
     *
     * @param detail which servers were tried and what each did
     * @param requestId to repeat it with
     */
    public OutcomeUnknownException(String detail, String requestId) {
        super(detail);
        this.requestId = requestId;
    }

    /**
     * Returns the request id: repeating the write with it does it at most once.
     *
     * @return 1 to 64 characters
     */
    public String requestId() {
        return requestId;
    }
}
