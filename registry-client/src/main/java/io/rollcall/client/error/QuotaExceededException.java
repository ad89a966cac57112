package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.OptionalLong;

/** More is stored than is allowed. */
public final class QuotaExceededException extends AccessRefusedException {

    private static final long serialVersionUID = 1L;

    QuotaExceededException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns how much is allowed.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong limit() {
        return number("limit");
    }
}
