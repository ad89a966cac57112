package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.OptionalLong;

/** {@code If-Match} did not match. */
public final class PreconditionFailedException extends ConflictException {

    private static final long serialVersionUID = 1L;

    PreconditionFailedException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the modify index that is there; 0 if nothing is there.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong modifyIndex() {
        return number("modifyIndex");
    }
}
