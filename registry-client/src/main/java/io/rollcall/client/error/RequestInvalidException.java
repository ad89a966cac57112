package io.rollcall.client.error;

import io.rollcall.api.model.Violation;
import io.rollcall.client.answer.Refusal;
import java.util.List;

/** Fields break rules; each is named. */
public final class RequestInvalidException extends RequestRefusedException {

    private static final long serialVersionUID = 1L;

    RequestInvalidException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the fields that break rules, each with its rule and, where there is one, its limit and the place in it.
     *
     * @return immutable, in the order they were found; empty if the registry named none
     */
    public List<Violation> violations() {
        return Violations.of(refusal().members().get("errors"));
    }
}
