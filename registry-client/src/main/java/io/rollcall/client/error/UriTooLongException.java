package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.OptionalLong;

/** Path and query are over their limit. */
public final class UriTooLongException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    UriTooLongException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the most bytes that are allowed.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong limit() {
        return number("limit");
    }
}
