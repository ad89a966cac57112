package io.rollcall.client.provide;

/**
 * How to register one instance.
 *
 * @param takeover whether a live instance at another address that holds the id is replaced; also when it has to be
 *     registered again. Not when another process has taken the id since: then it ends
 * @param listener is told what becomes of this one, beside the provider's listener
 */
public record RegisterOptions(boolean takeover, RegistrationListener listener) {

    private static final RegisterOptions DEFAULT = new RegisterOptions(false, event -> {});

    /**
     * Registers without a takeover.
     *
     * @return the options
     */
    public static RegisterOptions defaults() {
        return DEFAULT;
    }

    /**
     * Takes the id over from a live instance at another address.
     *
     * @return a copy
     */
    public RegisterOptions withTakeover() {
        return new RegisterOptions(true, listener);
    }

    /**
     * Sets who is told what becomes of it.
     *
     * @param value the listener
     * @return a copy
     */
    public RegisterOptions withListener(RegistrationListener value) {
        return new RegisterOptions(takeover, value);
    }
}
