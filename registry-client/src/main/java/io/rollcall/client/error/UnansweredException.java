package io.rollcall.client.error;

/** No server gave an answer in time, and nothing was done: try later. */
public final class UnansweredException extends RegistryException {

    private static final long serialVersionUID = 1L;

    /**
     * A call that nobody answered.
     *
     * @param detail which servers were tried and what each did
     */
    public UnansweredException(String detail) {
        super(detail);
    }
}
