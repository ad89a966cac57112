package io.rollcall.statemachine.store;

import org.jspecify.annotations.Nullable;

/** The storage failed or holds what cannot be read. The process must end; nothing was answered. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what was done to which file or key
     * @param cause the storage's own error
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
