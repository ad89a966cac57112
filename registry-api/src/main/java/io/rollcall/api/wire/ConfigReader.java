package io.rollcall.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads what is known of configuration values, leniently: fields that a newer server added are passed over. */
public final class ConfigReader {

    private ConfigReader() {}

    /**
     * Reads one version of a key.
     *
     * @param json the object of an answer
     * @return the version, without its value
     * @throws InvalidRequestException if a value is missing or none that this version knows
     */
    public static ConfigEntry read(JsonNode json) {
        return new ConfigEntry(
                ConfigKey.of(
                        json.path("namespace").asText("default"),
                        json.path("key").asText()),
                json.path("version").asLong(),
                json.path("createIndex").asLong(),
                json.path("modifyIndex").asLong(),
                modifiedAt(json),
                new ContentType(json.path("contentType").asText()),
                json.path("size").asInt(),
                json.path("secret").asBoolean(),
                json.path("deleted").asBoolean(),
                json.hasNonNull("actor") ? json.path("actor").asText() : null);
    }

    private static Instant modifiedAt(JsonNode json) {
        try {
            return Instant.parse(json.path("modifiedAt").asText());
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException(
                    new Violation("modifiedAt", "must be a time such as 2026-01-01T00:00:00.000Z"));
        }
    }
}
