package io.rollcall.api.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the bad fields of one request, one finding a field. Not thread-safe. */
public final class Violations {

    /** Most findings that are kept of one request; one more says that there are others. */
    public static final int MAX_FINDINGS = 256;

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
        add(new Violation(field, message, limit));
    }

    // A body of 1 MiB holds 100,000 unknown fields; an answer that named them all would be larger than the body.
    private void add(Violation violation) {
        if (byField.size() < MAX_FINDINGS) {
            byField.putIfAbsent(violation.field(), violation);
        } else if (byField.size() == MAX_FINDINGS && !byField.containsKey(violation.field())) {
            byField.putIfAbsent(
                    "body",
                    new Violation("body", "has more bad fields than the " + MAX_FINDINGS + " named", MAX_FINDINGS));
        }
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
            e.violations().forEach(this::add);
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
