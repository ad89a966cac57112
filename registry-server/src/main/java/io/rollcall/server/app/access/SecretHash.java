package io.rollcall.server.app.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a token's secret. */
final class SecretHash {

    private static final int BYTES = 32;

    /** What no secret has; to compare with where there is nothing to compare with. */
    static final SecretHash OF_NOTHING = new SecretHash(new byte[BYTES]);

    private static final MessageDigest SHA_256 = sha256();

    private final byte[] hash;

    private SecretHash(byte[] hash) {
        this.hash = hash;
    }

    static SecretHash parse(String hexadecimal) {
        return new SecretHash(HexFormat.of().parseHex(hexadecimal));
    }

    /** Whether it is that of a secret, told in a time that does not depend on how alike they are. */
    boolean isOf(byte[] secret) {
        return MessageDigest.isEqual(hashOf(secret), hash);
    }

    /** Its hexadecimal text, to know a secret again by. */
    static String textOf(String secret) {
        return HexFormat.of().formatHex(hashOf(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hashOf(byte[] secret) {
        try {
            // A copy of one is had without looking for a provider.
            return ((MessageDigest) SHA_256.clone()).digest(secret);
        } catch (CloneNotSupportedException e) {
            return sha256().digest(secret);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
