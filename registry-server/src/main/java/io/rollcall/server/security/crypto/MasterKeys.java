package io.rollcall.server.security.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.EncryptionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a node has of its operator, and tells nobody: the keys of the cluster are sealed by the first of them, and
 * opened by any, so that one can follow another. Each is 32 bytes in base64, on a line of its own; lines that begin with
 * {@code #} are comments.
 */
final class MasterKeys {

    /** A node without one. */
    static final MasterKeys NONE = new MasterKeys(Map.of());

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final String ID_CONTEXT = "rollcall master key id:";

    private final Map<String, Aead> byId;

    private MasterKeys(Map<String, Aead> byId) {
        this.byId = byId;
    }

    /**
     * Reads those of the settings.
     *
     * @throws ConfigurationException if they cannot be read; it does not say what is in them
     */
    static MasterKeys of(EncryptionSettings settings) {
        Optional<Path> file = settings.masterKeyFile();
        if (file.isPresent() && !settings.masterKeyText().isEmpty()) {
            throw refused("encryption-master-key-file must not stand beside " + EncryptionSettings.MASTER_KEY_VARIABLE);
        }
        if (file.isEmpty()) {
            return settings.masterKeyText().isEmpty()
                    ? NONE
                    : parse(settings.masterKeyText().reveal(), EncryptionSettings.MASTER_KEY_VARIABLE);
        }
        try {
            return parse(Files.readString(file.get()), file.get().toString());
        } catch (IOException e) {
            throw refused("the master key file " + file.get() + " cannot be read (" + e.getMessage() + ")");
        }
    }

    static MasterKeys parse(String text, String where) {
        Map<String, Aead> keys = new LinkedHashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                byte[] key = decode(line, where);
                keys.put(id(key), aead(key));
            }
        }
        if (keys.isEmpty()) {
            throw refused(where + " holds no master key; 'rollcall keys create' makes one");
        }
        return new MasterKeys(keys);
    }

    private static byte[] decode(String line, String where) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != KEY_BYTES) {
            throw refused(where + " must hold master keys of " + KEY_BYTES
                    + " bytes in base64, one a line; 'rollcall keys create' makes one");
        }
        return key;
    }

    private static ConfigurationException refused(String finding) {
        return new ConfigurationException(List.of(finding));
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** A name by which operators tell master keys apart. 32 bits of a hash say nothing of a random key. */
    private static String id(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_CONTEXT.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    /** The one that seals; there must be one. */
    String first() {
        return byId.keySet().iterator().next();
    }

    Collection<Aead> all() {
        return byId.values();
    }

    @Nullable
    Aead find(String id) {
        return byId.get(id);
    }

    /** For messages. */
    @Override
    public String toString() {
        return String.join(", ", byId.keySet());
    }
}
