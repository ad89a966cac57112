package io.rollcall.chaos.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request once it has ended. A write that is {@link NotDone} must never be seen. */
public sealed interface Outcome {

    /**
     * The node says that it is done.
     *
     * @param answer a status below 400
     */
    record Done(Answer answer) implements Outcome {}

    /**
     * It was not done, and never will be.
     *
     * @param retriable whether the same request may succeed later or elsewhere
     * @param why in words
     * @param answer the node's; null where it was not reached
     */
    record NotDone(boolean retriable, String why, @Nullable Answer answer) implements Outcome {}

    /**
     * It may have been done, or may be done later.
     *
     * @param why in words
     * @param answer the node's; null where none came
     */
    record Unknown(String why, @Nullable Answer answer) implements Outcome {}

    /**
     * Returns the node's answer.
     *
     * @return empty where none came
     */
    default Optional<Answer> reply() {
        if (this instanceof Done done) {
            return Optional.of(done.answer());
        }
        if (this instanceof NotDone notDone) {
            return Optional.ofNullable(notDone.answer());
        }
        return Optional.ofNullable(((Unknown) this).answer());
    }

    /**
     * Tells whether the node answered with a status.
     *
     * @param status the HTTP status
     * @return false also where no answer came
     */
    default boolean hasStatus(int status) {
        return reply().map(answer -> answer.status() == status).orElse(false);
    }
}
