package io.rollcall.statemachine.codec;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of the log or of the store that this version cannot read: an unknown format, type, version, field or value. To
 * pass over them would tell replicas apart, so the process must end; a newer version may be able to read them.
 */
public final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A finding.
     *
     * @param message what cannot be read, and why
     * @param cause the parser's own error, if there is one
     */
    public UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
