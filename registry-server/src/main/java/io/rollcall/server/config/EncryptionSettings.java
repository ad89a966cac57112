package io.rollcall.server.config;

import io.rollcall.api.model.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What secrets are sealed with.
 *
 * @param keyset the file of the first keys, which the cluster takes over; with it a node takes no secret unsealed
 * @param masterKeyFile the file of the master keys that the keys are themselves sealed by
 * @param masterKeyText the same as text, from the environment; empty for none
 */
public record EncryptionSettings(Optional<Path> keyset, Optional<Path> masterKeyFile, Secret masterKeyText) {

    /** Nothing is sealed. */
    public static final EncryptionSettings NONE =
            new EncryptionSettings(Optional.empty(), Optional.empty(), Secret.of(""));

    /** The variable of the environment that master keys are read from: no setting, since those are logged. */
    public static final String MASTER_KEY_VARIABLE = "ROLLCALL_ENCRYPTION_MASTER_KEY";
}
