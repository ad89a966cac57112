package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;

/** The path exists, the method does not. */
public final class MethodNotAllowedException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    MethodNotAllowedException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the methods that are allowed, with commas.
     *
     * @return empty if the registry did not say
     */
    public Optional<String> allowed() {
        return text("allowed");
    }
}
