package io.rollcall.api.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a configuration value; the registry reads nothing into them. Immutable, equal if the bytes are. */
public final class ConfigValue {

    /** The most bytes of one value. */
    public static final int MAX_BYTES = 512 * 1024;

    /** What a value begins with that log and store hold sealed; no caller's may. */
    private static final byte[] SEAL = "\0rollcall-sealed".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private ConfigValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A value.
     *
     * @param bytes at most {@value #MAX_BYTES}, maybe none; not copied, so not to be written to any more
     * @return the value
     * @throws InvalidRequestException naming {@code value} if there are more, or if it looks like a sealed one
     */
    public static ConfigValue of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidRequestException(
                    new Violation("value", "must have at most " + MAX_BYTES + " bytes", MAX_BYTES));
        }
        if (startsWithSeal(bytes)) {
            throw new InvalidRequestException(
                    new Violation("value", "must not begin with the bytes that mark what is sealed", null));
        }
        return new ConfigValue(bytes);
    }

    private static boolean startsWithSeal(byte[] bytes) {
        return bytes.length >= SEAL.length && Arrays.equals(bytes, 0, SEAL.length, SEAL, 0, SEAL.length);
    }

    /**
     * A value as log and store hold it sealed.
     *
     * @param sealed what stands for it
     * @return the value
     */
    public static ConfigValue sealed(byte[] sealed) {
        byte[] marked = Arrays.copyOf(SEAL, SEAL.length + sealed.length);
        System.arraycopy(sealed, 0, marked, SEAL.length, sealed.length);
        return new ConfigValue(marked);
    }

    /**
     * Tells whether it is one that log and store hold sealed.
     *
     * @return false of what callers give and get
     */
    public boolean isSealed() {
        return startsWithSeal(bytes);
    }

    /**
     * Returns what stands for a sealed value.
     *
     * @return what {@link #sealed} was given
     */
    public ByteBuffer seal() {
        return ByteBuffer.wrap(bytes, SEAL.length, bytes.length - SEAL.length).slice();
    }

    /**
     * A value in the form of log and store, which is longer than the value itself if it is sealed.
     *
     * @param bytes of any length; not copied, so not to be written to any more
     * @return the value
     */
    public static ConfigValue stored(byte[] bytes) {
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
     * @return 0 to {@value #MAX_BYTES}, and a little more of one that is sealed
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
