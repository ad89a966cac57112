package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import org.jspecify.annotations.Nullable;

/** The earlier versions of configuration keys. */
public interface ConfigVersions {

    /**
     * Finds a version of a key. It may read from disk.
     *
     * @param key which key
     * @param version which of its versions
     * @return null if it is not kept, or cannot be read now
     */
    @Nullable
    ConfigEntry version(ConfigKey key, long version);
}
