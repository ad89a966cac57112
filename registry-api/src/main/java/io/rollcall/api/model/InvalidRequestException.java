package io.rollcall.api.model;

import java.util.List;
import java.util.stream.Collectors;

/** A request that breaks rules; it names every bad field, not the first. Nothing was changed. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * One bad field.
     *
     * @param violation the field and its rule
     */
    public InvalidRequestException(Violation violation) {
        this(List.of(violation));
    }

    /**
     * All bad fields of one request.
     *
     * @param violations at least one
     */
    public InvalidRequestException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /**
     * Returns the bad fields.
     *
     * @return immutable, never empty, in the order they were found
     */
    public List<Violation> violations() {
        return violations;
    }
}
