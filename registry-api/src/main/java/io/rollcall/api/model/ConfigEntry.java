package io.rollcall.api.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a configuration key, without its value.
 *
 * @param key which key
 * @param version 1 for the first, then one more for each change of the key, deletions included; never used again
 * @param createIndex registry index at which the key appeared, or appeared again after a deletion
 * @param modifyIndex registry index of this version
 * @param modifiedAt when it was made, by the registry's clock
 * @param contentType what the value is
 * @param size bytes of the value; 0 of a deletion
 * @param secret whether the value is kept from plain reads
 * @param deleted whether this version is the deletion of the key
 * @param actor who made it; null if nobody was authenticated
 */
public record ConfigEntry(
        ConfigKey key,
        long version,
        long createIndex,
        long modifyIndex,
        Instant modifiedAt,
        ContentType contentType,
        int size,
        boolean secret,
        boolean deleted,
        @Nullable String actor) {}
