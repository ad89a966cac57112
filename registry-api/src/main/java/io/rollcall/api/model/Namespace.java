package io.rollcall.api.model;

/**
 * A separate space of service names, so that two tenants can both own {@code orders}.
 *
 * @param value 1 to 128 characters {@code [A-Za-z0-9._-]}, starting with a letter or digit
 */
public record Namespace(String value) implements Comparable<Namespace> {

    /** The namespace of a request that names none. */
    public static final Namespace DEFAULT = new Namespace("default");

    /**
     * Checks the rule.
     *
     * @throws InvalidRequestException naming {@code namespace}
     */
    public Namespace {
        Names.requireName("namespace", value);
    }

    @Override
    public int compareTo(Namespace other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
