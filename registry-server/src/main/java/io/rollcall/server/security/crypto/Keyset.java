package io.rollcall.server.security.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that seal: a keyset of Tink's, of AES-256-GCM. New keys are of XAES-256-GCM, which is that under a key of its own
 * for each message, so that no number of registrations wears one out. Immutable.
 */
final class Keyset {

    /** Bound to the wrapped keys, so that nothing else that a master key has sealed is taken for them. */
    private static final byte[] WRAPPING_CONTEXT = "rollcall keyset".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] FINGERPRINT_CONTEXT = "rollcall fingerprint".getBytes(StandardCharsets.US_ASCII);
    private static final int FINGERPRINT_KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 16;
    private static final String HMAC = "HmacSHA256";
    private static final Configuration TINK = tink();

    private final KeysetHandle handle;
    private final Aead aead;
    // The primary key's first.
    private final List<SecretKeySpec> fingerprintKeys = new ArrayList<>();

    private Keyset(KeysetHandle handle) throws GeneralSecurityException {
        this.handle = handle;
        this.aead = handle.getPrimitive(TINK, Aead.class);
        fingerprintKeys.add(fingerprintKey(handle.getPrimary()));
        for (int i = 0; i < handle.size(); i++) {
            if (!handle.getAt(i).isPrimary()) {
                fingerprintKeys.add(fingerprintKey(handle.getAt(i)));
            }
        }
    }

    private static Configuration tink() {
        try {
            AeadConfig.register();
            return RegistryConfiguration.get();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink lacks what it brings itself", e);
        }
    }

    /** A new one of one key. */
    static Keyset create() {
        try {
            return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE, TINK));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key could be made", e);
        }
    }

    /**
     * Opens one.
     *
     * @param wrapped what {@link #wrap} returned
     * @param masterKey that it was wrapped with
     * @throws GeneralSecurityException if that is another one, or the keys are not of a kind that is taken
     */
    static Keyset unwrap(String wrapped, Aead masterKey) throws GeneralSecurityException {
        return new Keyset(TinkJsonProtoKeysetFormat.parseEncryptedKeyset(wrapped, masterKey, WRAPPING_CONTEXT, TINK));
    }

    String wrap(Aead masterKey) {
        try {
            return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(handle, masterKey, WRAPPING_CONTEXT, TINK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys could not be sealed by the master key", e);
        }
    }

    /** The same with a new key, which seals from now on. */
    Keyset rotated() {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        builder.addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE)
                .withRandomId()
                .makePrimary());
        return build(builder);
    }

    /** The primary key alone. */
    Keyset withoutOthers() {
        KeysetHandle.Entry primary = handle.getPrimary();
        return build(KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(primary.getKey())
                        .withFixedId(primary.getId())
                        .makePrimary()));
    }

    private static Keyset build(KeysetHandle.Builder builder) {
        try {
            return new Keyset(builder.setConfiguration(TINK).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no keyset could be made", e);
        }
    }

    long primaryId() {
        return Integer.toUnsignedLong(handle.getPrimary().getId());
    }

    List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < handle.size(); i++) {
            ids.add(Integer.toUnsignedLong(handle.getAt(i).getId()));
        }
        return ids;
    }

    byte[] seal(byte[] plain, byte[] context) {
        try {
            return aead.encrypt(plain, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be sealed", e);
        }
    }

    byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return aead.decrypt(sealed, context);
    }

    /**
     * What stands for the digest of a request in log and state: a plain digest would let whoever reads those try out
     * passwords.
     *
     * @return one for each key, the primary key's first
     */
    List<String> fingerprints(String digest) {
        return fingerprintKeys.stream().map(key -> hmac(key, digest)).toList();
    }

    private static String hmac(SecretKeySpec key, String digest) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(digest.getBytes(StandardCharsets.UTF_8)), 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    private static SecretKeySpec fingerprintKey(KeysetHandle.Entry entry) throws GeneralSecurityException {
        byte[] key = bytesOf(entry.getKey()).toByteArray(InsecureSecretKeyAccess.get());
        return new SecretKeySpec(
                Hkdf.computeHkdf(HMAC, key, new byte[0], FINGERPRINT_CONTEXT, FINGERPRINT_KEY_BYTES), HMAC);
    }

    @AccessesPartialKey
    private static SecretBytes bytesOf(Key key) throws GeneralSecurityException {
        if (key instanceof XAesGcmKey xaes && xaes.getParameters().getVariant() == XAesGcmParameters.Variant.TINK) {
            return xaes.getKeyBytes();
        }
        if (key instanceof AesGcmKey aes
                && aes.getParameters().getVariant() == AesGcmParameters.Variant.TINK
                && aes.getParameters().getKeySizeBytes() == FINGERPRINT_KEY_BYTES) {
            return aes.getKeyBytes();
        }
        throw new GeneralSecurityException(
                "a keyset must hold AES256_GCM or XAES_256_GCM keys with Tink's prefix alone");
    }
}
