package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;

/** A live instance at another address holds the id. */
public final class InstanceAddressConflictException extends ConflictException {

    private static final long serialVersionUID = 1L;

    InstanceAddressConflictException(Refusal refusal) {
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
