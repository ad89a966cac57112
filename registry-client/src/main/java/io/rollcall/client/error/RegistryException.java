package io.rollcall.client.error;

/**
 * A call that was not done, or whose outcome is unknown. One of three: {@link RefusedException}, {@link
 * UnansweredException} or {@link OutcomeUnknownException}.
 */
public abstract class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }
}
