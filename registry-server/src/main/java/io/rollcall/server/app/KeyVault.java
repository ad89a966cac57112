package io.rollcall.server.app;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The keys that secrets are sealed with, as far as others may know of them. Thread-safe. */
public interface KeyVault {

    /**
     * Tells whether this node was told to seal, and cannot yet.
     *
     * @return false for ever once it was false
     */
    boolean isAwaitingKeys();

    /**
     * Returns how it stands.
     *
     * @return null if nothing is sealed
     */
    @Nullable
    Status status();

    /**
     * Makes a key that is to seal from now on.
     *
     * @return the keys with it; null if nothing is sealed
     */
    @Nullable
    Change newKey();

    /**
     * Asks the members that have to open the keys whether they have a master key.
     *
     * @param masterKeyId which
     * @return those that do not, or did not answer; never fails
     */
    CompletableFuture<List<String>> membersWithout(String masterKeyId);

    /**
     * How the keys stand.
     *
     * @param version counts from 1 with each change
     * @param primaryKeyId of the key that seals
     * @param keyIds of those that open
     * @param masterKeyId which master key they are sealed by
     * @param changedAt when they changed last
     * @param phase {@code resealing}, {@code waiting} or {@code settled}
     * @param done records that were gone through
     * @param total how many there are about
     */
    record Status(
            long version,
            long primaryKeyId,
            List<Long> keyIds,
            String masterKeyId,
            Instant changedAt,
            String phase,
            long done,
            long total) {

        /** Copies the list. */
        public Status {
            keyIds = List.copyOf(keyIds);
        }
    }

    /**
     * Other keys.
     *
     * @param after the version that they follow
     * @param wrapped the keys, sealed by the master key
     * @param masterKeyId which master key that is
     * @param isNewMasterKey whether it is another one than before
     * @param primaryKeyId of the key that seals
     * @param keyIds of those that open
     */
    record Change(
            long after,
            String wrapped,
            String masterKeyId,
            boolean isNewMasterKey,
            long primaryKeyId,
            List<Long> keyIds) {

        /** Copies the list. */
        public Change {
            keyIds = List.copyOf(keyIds);
        }
    }
}
