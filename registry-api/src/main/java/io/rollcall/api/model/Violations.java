package io.rollcall.api.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the bad fields of one request, one finding a field. Not thread-safe. */
public final class Violations {

    private final Map<String, Violation> byField = new LinkedHashMap<>();

    /** An empty collection. */
    public Violations() {}

    /**
     * Adds a finding unless the field already has one.
     *
     * @param field the field's path
     * @param message what the rule is
     */
    public void add(String field, String message) {
        add(field, message, null);
    }

    /**
     * Adds a finding unless the field already has one: what was found first explains the rest.
     *
     * @param field the field's path
     * @param message what the rule is
     * @param limit the bound that was crossed
     */
    public void add(String field, String message, @Nullable Object limit) {
        byField.putIfAbsent(field, new Violation(field, message, limit));
    }

    /**
     * Runs a parser and keeps what it found.
     *
     * @param parser throws {@link InvalidRequestException} for a bad value
     * @param <T> what is parsed
     * @return the value, or null if the parser refused it
     */
    public <T> @Nullable T collect(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (InvalidRequestException e) {
            e.violations().forEach(v -> byField.putIfAbsent(v.field(), v));
            return null;
        }
    }

    /**
     * Returns what was found so far.
     *
     * @return a copy, in the order found
     */
    public List<Violation> list() {
        return new ArrayList<>(byField.values());
    }

    /**
     * Ends the check.
     *
     * @throws InvalidRequestException if anything was found
     */
    public void throwIfAny() {
        if (!byField.isEmpty()) {
            throw new InvalidRequestException(list());
        }
    }
}
