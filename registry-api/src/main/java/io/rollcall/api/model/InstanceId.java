package io.rollcall.api.model;

/**
 * The identity of one instance, unique within its service.
 *
 * @param value 1 to 128 characters {@code [A-Za-z0-9._:~-]}, not {@code .} or {@code ..} alone
 */
public record InstanceId(String value) implements Comparable<InstanceId> {

    /**
     * Checks the rule.
     *
     * @throws InvalidRequestException naming {@code id}
     */
    public InstanceId {
        Names.requireId("id", value);
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
