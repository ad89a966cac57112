package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.OptionalLong;

/** The body is over its limit. */
public final class TooLargeException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    TooLargeException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the most that is allowed.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong limit() {
        return number("limit");
    }
}
