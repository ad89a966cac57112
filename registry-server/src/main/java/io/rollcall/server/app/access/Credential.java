package io.rollcall.server.app.access;

import io.rollcall.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token with its secret, as its holder shows it. Nowhere but in its maker's answer, or in the file of the bootstrap token.
 *
 * @param id public half
 * @param secret the other one
 */
public record Credential(String id, Secret secret) {

    private static final int ID_BYTES = 10;
    private static final int SECRET_BYTES = 32;

    /**
     * Draws a token.
     *
     * @param random strong
     * @return with an id of 20 hexadecimal characters and a secret of 256 bits
     */
    public static Credential draw(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return draw(HexFormat.of().formatHex(id), random);
    }

    /**
     * Draws a secret for a token.
     *
     * @param id the token's
     * @param random strong
     * @return with a secret of 256 bits
     */
    public static Credential draw(String id, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new Credential(
                id, Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)));
    }

    /**
     * Returns what is stored of the secret.
     *
     * @return its SHA-256, 64 hexadecimal characters
     */
    public String secretHash() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns what its holder shows.
     *
     * @return {@code id.secret}
     */
    public Secret shown() {
        return Secret.of(id + "." + secret.reveal());
    }
}
