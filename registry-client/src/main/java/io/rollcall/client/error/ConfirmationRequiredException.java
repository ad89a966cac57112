package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.OptionalLong;

/** More would be removed than goes without a confirmation. */
public final class ConfirmationRequiredException extends ConflictException {

    private static final long serialVersionUID = 1L;

    ConfirmationRequiredException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns how many would be removed.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong matched() {
        return number("matched");
    }

    /**
     * Returns of how many.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong total() {
        return number("total");
    }
}
