package io.rollcall.server.app;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where this node keeps the versions of configuration keys and their values. Each call may read from disk. */
public interface ConfigStore {

    /**
     * Finds a version of a key.
     *
     * @param key which key
     * @param version which of its versions
     * @return null if it is not kept
     * @throws BeingReplacedException while there is no store
     */
    @Nullable
    ConfigEntry version(ConfigKey key, long version);

    /**
     * Finds the versions of a key that are kept.
     *
     * @param key which key
     * @param newest the first that is wanted
     * @return newest first, without a gap
     * @throws BeingReplacedException while there is no store
     */
    List<ConfigEntry> versions(ConfigKey key, long newest);

    /**
     * Finds the value of a version of a key.
     *
     * @param key which key
     * @param version which of its versions
     * @return null if it is not kept or is a deletion
     * @throws BeingReplacedException while there is no store
     */
    @Nullable
    ConfigValue value(ConfigKey key, long version);

    /**
     * Returns what all versions of all keys take.
     *
     * @return bytes, before compression
     * @throws BeingReplacedException while there is no store
     */
    long bytes();

    /**
     * Tells whether the result of a request is remembered, so that a repetition of it changes nothing.
     *
     * @param requestId of any write
     * @return as far as this node has come
     * @throws BeingReplacedException while there is no store
     */
    boolean remembers(String requestId);

    /** The store is closed, or being replaced by a snapshot of the leader; ask another node. */
    final class BeingReplacedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Says so. */
        public BeingReplacedException() {
            super("the store is closed, or being replaced by a snapshot");
        }
    }
}
