package io.rollcall.api.model;

import org.jspecify.annotations.Nullable;

/**
 * One field of a request that breaks its rule.
 *
 * @param field the field's path in the request, such as {@code healthCheck.interval} or {@code tags.env}; a caller's
 *     own text in it is cut at {@value #MAX_FIELD_LENGTH} characters and made printable
 * @param message what the rule is, as a sentence part that follows the field's name
 * @param limit the bound that was crossed, if the rule is a bound
 * @param position where in the field's text, as an offset in UTF-16 units from 0, if there is such a place
 */
public record Violation(
        String field,
        String message,
        @Nullable Object limit,
        @Nullable Integer position) {

    /** Longest field path in an answer, in characters. */
    public static final int MAX_FIELD_LENGTH = 160;

    /** Makes the field printable: an unknown field's name is any text, and half a surrogate pair has no UTF-8. */
    public Violation {
        field = Texts.printable(field, MAX_FIELD_LENGTH);
    }

    /**
     * A violation of a rule that is not a bound.
     *
     * @param field the field's path
     * @param message what the rule is
     */
    public Violation(String field, String message) {
        this(field, message, null, null);
    }

    /**
     * A violation of a bound.
     *
     * @param field the field's path
     * @param message what the rule is
     * @param limit the bound that was crossed
     */
    public Violation(String field, String message, @Nullable Object limit) {
        this(field, message, limit, null);
    }

    @Override
    public String toString() {
        return field + " " + message;
    }
}
