package io.rollcall.server.security.crypto;

import com.google.crypto.tink.Aead;
import io.rollcall.server.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of the first keys: an encrypted keyset of Tink's as JSON. */
final class KeysetFile {

    private KeysetFile() {}

    static Keyset read(Path file, MasterKeys masterKeys) {
        if (masterKeys.isEmpty()) {
            throw refused(
                    "encryption-keyset " + file
                            + " is sealed by a master key: give that by --encryption-master-key-file FILE or in the environment");
        }
        String wrapped;
        try {
            wrapped = Files.readString(file);
        } catch (IOException e) {
            throw refused("the keyset file " + file + " cannot be read (" + e.getMessage() + ")");
        }
        for (Aead masterKey : masterKeys.all()) {
            Keyset opened = opened(wrapped, masterKey);
            if (opened != null) {
                return opened;
            }
        }
        throw refused("the keyset file " + file + " is not opened by the master key that is given (" + masterKeys
                + "), or holds no keys of AES-256-GCM");
    }

    private static @Nullable Keyset opened(String wrapped, Aead masterKey) {
        try {
            return Keyset.unwrap(wrapped, masterKey);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static ConfigurationException refused(String finding) {
        return new ConfigurationException(List.of(finding));
    }
}
