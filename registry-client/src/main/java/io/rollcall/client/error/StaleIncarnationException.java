package io.rollcall.client.error;

import io.rollcall.client.answer.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/** What the request was meant for was replaced by a newer incarnation. */
public final class StaleIncarnationException extends ConflictException {

    private static final long serialVersionUID = 1L;

    StaleIncarnationException(Refusal refusal) {
        super(refusal);
    }

    /**
     * Returns the incarnation that is there.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong incarnation() {
        return number("incarnation");
    }

    /**
     * Returns the incarnation that was meant.
     *
     * @return empty if the registry did not say
     */
    public OptionalLong given() {
        return number("given");
    }

    /**
     * Returns what to do, such as {@code stop}.
     *
     * @return empty if the registry did not say
     */
    public Optional<String> action() {
        return text("action");
    }
}
