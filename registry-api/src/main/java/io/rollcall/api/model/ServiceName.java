package io.rollcall.api.model;

/**
 * The name that consumers ask for.
 *
 * @param value 1 to 128 characters {@code [A-Za-z0-9._-]}, starting with a letter or digit
 */
public record ServiceName(String value) implements Comparable<ServiceName> {

    /**
     * Checks the rule.
     *
     * @throws InvalidRequestException naming {@code name}
     */
    public ServiceName {
        Names.requireName("name", value);
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
