package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;

/** The token lacks a permission. */
public final class PermissionDeniedException extends AccessRefusedException {

    private static final long serialVersionUID = 1L;

    PermissionDeniedException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the permission that is missing.
     *
     * @return empty if the registry did not say
     */
    public Optional<String> permission() {
        return text("permission");
    }
}
