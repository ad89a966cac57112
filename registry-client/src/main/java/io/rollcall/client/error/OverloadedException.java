package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.OptionalLong;

/** The cluster sheds load; nothing was done. */
public final class OverloadedException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    OverloadedException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns how much it takes at a time.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong limit() {
        return number("limit");
    }
}
