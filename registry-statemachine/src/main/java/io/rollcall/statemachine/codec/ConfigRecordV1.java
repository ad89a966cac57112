package io.rollcall.statemachine.codec;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ContentType;
import io.rollcall.statemachine.state.ConfigRecord;
import org.jspecify.annotations.Nullable;

/** {@link ConfigRecord}, version 1; part of remembered results, too. */
record ConfigRecordV1(
        ConfigKeyV1 key,
        long version,
        long createIndex,
        long modifyIndex,
        long modifiedAtMillis,
        String contentType,
        boolean secret,
        boolean deleted,
        int size,
        @MayBeNull @Nullable String actor) {

    static ConfigRecordV1 of(ConfigRecord config) {
        return new ConfigRecordV1(
                ConfigKeyV1.of(config.key()),
                config.version(),
                config.createIndex(),
                config.modifyIndex(),
                config.modifiedAtMillis(),
                config.contentType().value(),
                config.secret(),
                config.deleted(),
                config.size(),
                config.actor());
    }

    static ConfigRecordV1 of(ConfigEntry entry) {
        return new ConfigRecordV1(
                ConfigKeyV1.of(entry.key()),
                entry.version(),
                entry.createIndex(),
                entry.modifyIndex(),
                entry.modifiedAt().toEpochMilli(),
                entry.contentType().value(),
                entry.secret(),
                entry.deleted(),
                entry.size(),
                entry.actor());
    }

    ConfigRecord thaw() {
        return new ConfigRecord(
                key.thaw(),
                version,
                createIndex,
                modifyIndex,
                modifiedAtMillis,
                new ContentType(contentType),
                secret,
                deleted,
                size,
                actor);
    }
}
