package io.rollcall.client.provide;

/** How a live registration stands, as far as this process knows. */
public enum RegistrationState {
    /** It is not registered, or not any more, and it is tried to change that. */
    REGISTERING(false),
    /** It is registered, and its lease runs. */
    REGISTERED(false),
    /** No beat was acknowledged for two thirds of its lease; it is tried all the time. */
    AT_RISK(false),
    /** No beat was acknowledged for its whole lease: others may not find it any more. It is tried all the time. */
    LOST(false),
    /** The registry refused it, and would refuse it again. */
    REFUSED(true),
    /** Another process has registered its id. */
    SUPERSEDED(true),
    /** It was deregistered, or at least given up by this process. */
    DEREGISTERED(true);

    private final boolean isFinal;

    RegistrationState(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /**
     * Tells whether it is the last one.
     *
     * @return true if nothing is done for the registration any more
     */
    public boolean isFinal() {
        return isFinal;
    }
}
