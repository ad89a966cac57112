package io.rollcall.statemachine.state;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Registration;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How log and store hold what is sealed, in the place of what it seals. A map is one entry under the empty key, which no
 * caller may use; a value begins with bytes that no caller's may begin with, and its length stands before the ciphertext. Nothing here opens anything: the state
 * machine has no keys. A sealed text begins with the id of its key, as Tink's do: one byte 1, then four of the id.
 */
public final class Sealed {

    /** The key of a sealed map's one entry. */
    private static final String KEY = "";

    private static final byte CIPHERTEXT_BEGIN = 1;
    private static final int PREFIX_BYTES = 1 + Integer.BYTES;
    private static final long ID_MASK = 0xFFFF_FFFFL;

    private Sealed() {}

    /**
     * The form of a sealed map.
     *
     * @param ciphertext of the map
     * @return to be stored in its place
     */
    public static SortedMap<String, String> map(byte[] ciphertext) {
        return Collections.unmodifiableSortedMap(
                new TreeMap<>(Map.of(KEY, Base64.getEncoder().encodeToString(ciphertext))));
    }

    /**
     * Tells whether a map is sealed.
     *
     * @param map as stored
     * @return false of one without entries
     */
    public static boolean isSealed(SortedMap<String, String> map) {
        return map.size() == 1 && map.firstKey().equals(KEY);
    }

    /**
     * Returns what seals a map.
     *
     * @param sealed one that is sealed
     * @return the ciphertext
     * @throws IllegalArgumentException if it is damaged
     */
    public static byte[] ciphertext(SortedMap<String, String> sealed) {
        return Base64.getDecoder().decode(sealed.get(KEY));
    }

    /**
     * The form of a sealed value.
     *
     * @param size of the value, in bytes
     * @param ciphertext of it
     * @return to be stored in its place
     */
    public static ConfigValue value(int size, byte[] ciphertext) {
        return ConfigValue.sealed(ByteBuffer.allocate(Integer.BYTES + ciphertext.length)
                .putInt(size)
                .put(ciphertext)
                .array());
    }

    /** Whether a value is sealed: the length, then a ciphertext. */
    private static boolean isSealed(ConfigValue value) {
        return value.isSealed() && value.seal().remaining() >= Integer.BYTES + PREFIX_BYTES;
    }

    /**
     * Returns what seals a value.
     *
     * @param sealed one that is sealed
     * @return the ciphertext
     */
    public static byte[] ciphertext(ConfigValue sealed) {
        ByteBuffer seal = sealed.seal();
        byte[] ciphertext = new byte[seal.remaining() - Integer.BYTES];
        seal.get(Integer.BYTES, ciphertext);
        return ciphertext;
    }

    /**
     * Returns how long a value is that may be sealed.
     *
     * @param value as stored
     * @return bytes of what was given
     */
    public static int plainSize(ConfigValue value) {
        return isSealed(value) ? value.seal().getInt() : value.size();
    }

    /**
     * Tells whether a value is sealed by a key.
     *
     * @param value as stored
     * @param keyId which
     * @return false also of one that is not sealed
     */
    public static boolean isBy(ConfigValue value, long keyId) {
        return isSealed(value) && keyId(value.seal().position(Integer.BYTES)) == keyId;
    }

    /**
     * Tells whether a map is sealed by a key, or needs no seal.
     *
     * @param map as stored
     * @param keyId which
     * @return true also of one without entries
     */
    public static boolean isBy(SortedMap<String, String> map, long keyId) {
        if (map.isEmpty()) {
            return true;
        }
        if (!isSealed(map)) {
            return false;
        }
        try {
            return keyId(ByteBuffer.wrap(ciphertext(map))) == keyId;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Tells whether all that is secret in a registration is sealed by a key.
     *
     * @param registration as stored
     * @param keyId which
     * @return true also if nothing in it is secret
     */
    public static boolean isBy(Registration registration, long keyId) {
        HealthCheck check = registration.healthCheck();
        return isBy(registration.metadata(), keyId) && (check == null || isBy(check.headers(), keyId));
    }

    /**
     * Puts other secrets in the place of a registration's.
     *
     * @param registration any
     * @param metadata sealed or not
     * @param headers of its check, sealed or not; of no account without one
     * @return a copy
     */
    public static Registration with(
            Registration registration, SortedMap<String, String> metadata, SortedMap<String, String> headers) {
        HealthCheck check = registration.healthCheck();
        return registration.toBuilder()
                .metadata(metadata)
                .healthCheck(check == null ? null : with(check, headers))
                .build();
    }

    private static HealthCheck with(HealthCheck check, SortedMap<String, String> headers) {
        return new HealthCheck(
                check.type(),
                check.endpoint(),
                check.interval(),
                check.timeout(),
                check.retries(),
                check.successes(),
                check.method(),
                headers,
                check.expectStatus());
    }

    /**
     * Returns whose seal it is.
     *
     * @param ciphertext any
     * @return the key's id; -1 if it is no ciphertext
     */
    public static long keyIdOf(byte[] ciphertext) {
        return keyId(ByteBuffer.wrap(ciphertext));
    }

    /** The key's id; -1 if it is no ciphertext. */
    private static long keyId(ByteBuffer ciphertext) {
        return ciphertext.remaining() < PREFIX_BYTES || ciphertext.get() != CIPHERTEXT_BEGIN
                ? -1
                : ciphertext.getInt() & ID_MASK;
    }
}
