package io.rollcall.api.model;

import java.util.Arrays;

/** The bytes of a configuration value; the registry reads nothing into them. Immutable, equal if the bytes are. */
public final class ConfigValue {

    /** The most bytes of one value. */
    public static final int MAX_BYTES = 512 * 1024;

    private final byte[] bytes;

    private ConfigValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A value.
     *
     * @param bytes at most {@value #MAX_BYTES}, maybe none; not copied, so not to be written to any more
     * @return the value
     * @throws InvalidRequestException naming {@code value} if there are more
     */
    public static ConfigValue of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidRequestException(
                    new Violation("value", "must have at most " + MAX_BYTES + " bytes", MAX_BYTES));
        }
        return new ConfigValue(bytes);
    }

    /**
     * Returns the bytes.
     *
     * @return shared: not to be written to
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Returns how many bytes there are.
     *
     * @return 0 to {@value #MAX_BYTES}
     */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigValue value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without the bytes: a value may be a secret. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
