package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;

/** The instance is not registered. */
public final class InstanceNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    InstanceNotFoundException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns what to do, such as {@code reregister}.
     *
     * @return empty if the registry did not say
     */
    public Optional<String> action() {
        return text("action");
    }
}
