package io.rollcall.api.model;

import org.jspecify.annotations.Nullable;

/**
 * One field of a request that breaks its rule.
 *
 * @param field the field's path in the request, such as {@code healthCheck.interval} or {@code tags.env}
 * @param message what the rule is, as a sentence part that follows the field's name
 * @param limit the bound that was crossed, if the rule is a bound
 */
public record Violation(
        String field, String message, @Nullable Object limit) {

    /**
     * A violation of a rule that is not a bound.
     *
     * @param field the field's path
     * @param message what the rule is
     */
    public Violation(String field, String message) {
        this(field, message, null);
    }

    @Override
    public String toString() {
        return field + " " + message;
    }
}
