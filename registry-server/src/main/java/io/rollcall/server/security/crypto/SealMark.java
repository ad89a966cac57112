package io.rollcall.server.security.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code sealed-by} in a node's data folder: the id of the master key that the cluster's keys were sealed by when this
 * node last opened them. The state says so, too, but what of it is in the log alone is not looked at before a quorum has
 * confirmed it, and a node without the key must not start so far.
 */
final class SealMark {

    private static final String NAME = "sealed-by";

    private static final Logger LOG = LoggerFactory.getLogger(SealMark.class);

    private final Path folder;

    /** That of a data folder, which may not be there yet. */
    SealMark(Path folder) {
        this.folder = folder;
    }

    /** The id; null if nothing was sealed here, or nobody knows. */
    @Nullable
    String read() {
        try {
            Path file = folder.resolve(NAME);
            String id = Files.exists(file)
                    ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                    : "";
            // A power loss may leave it empty; the state is asked then.
            return id.isEmpty() ? null : id;
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("it cannot be read which master key this node needs");
            return null;
        }
    }

    /** Notes the id. It is not worth a failure, for it is noted again at the next start. */
    void put(String masterKeyId) {
        if (masterKeyId.equals(read())) {
            return;
        }
        try {
            Path fresh = Files.writeString(folder.resolve(NAME + ".fresh"), masterKeyId, StandardCharsets.US_ASCII);
            Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("it cannot be noted which master key this node needs");
        }
    }
}
