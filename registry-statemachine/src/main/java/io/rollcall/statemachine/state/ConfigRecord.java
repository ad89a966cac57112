package io.rollcall.statemachine.state;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a configuration key as stored, without its value. The newest version of a deleted key is its deletion:
 * it stays, so that neither versions nor a query's index ever fall.
 *
 * @param key which key
 * @param version counts from 1, over deletions
 * @param createIndex registry index at which the key appeared, or appeared again after a deletion
 * @param modifyIndex registry index of this version
 * @param modifiedAtMillis when it was made, milliseconds since 1970 by the replicated clock
 * @param contentType what the value is
 * @param secret whether the value is kept from plain reads
 * @param deleted whether this version is a deletion; it has no value then
 * @param size bytes of the value
 * @param actor who made it; null if nobody was authenticated
 */
public record ConfigRecord(
        ConfigKey key,
        long version,
        long createIndex,
        long modifyIndex,
        long modifiedAtMillis,
        ContentType contentType,
        boolean secret,
        boolean deleted,
        int size,
        @Nullable String actor) {

    /**
     * Returns which version of which key it is.
     *
     * @return key and version
     */
    public ConfigVersionKey versionKey() {
        return new ConfigVersionKey(key, version);
    }

    /**
     * Returns what readers see.
     *
     * @return the entry
     */
    public ConfigEntry toEntry() {
        return new ConfigEntry(
                key,
                version,
                createIndex,
                modifyIndex,
                Instant.ofEpochMilli(modifiedAtMillis),
                contentType,
                size,
                secret,
                deleted,
                actor);
    }
}
