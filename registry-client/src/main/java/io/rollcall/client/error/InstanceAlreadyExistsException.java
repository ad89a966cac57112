package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;

/** The id is taken. */
public final class InstanceAlreadyExistsException extends ConflictException {

    private static final long serialVersionUID = 1L;

    InstanceAlreadyExistsException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns who holds the id.
     *
     * @return empty if the registry did not say
     */
    public Optional<InstanceHolder> holder() {
        return InstanceHolder.of(refusal().members().get("holder"));
    }
}
