package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.api.wire.ConfigReader;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration keys that begin alike.
 *
 * @param index this query's version
 * @param keys immutable, sorted by key
 * @param cursor where the next page begins; null on the last
 */
public record ConfigPage(
        long index, List<Listed> keys, @Nullable String cursor) {

    /**
     * One key.
     *
     * @param entry its newest version
     * @param value its value; null if it was not asked for, or is a secret that is not revealed
     */
    public record Listed(ConfigEntry entry, @Nullable ConfigValue value) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer
     */
    public static ConfigPage read(JsonNode json) {
        return new ConfigPage(
                json.path("index").asLong(),
                Fields.list(json, "keys", key -> new Listed(ConfigReader.read(key), value(key))),
                Fields.textOrNull(json.path("cursor")));
    }

    private static @Nullable ConfigValue value(JsonNode key) {
        String base64 = Fields.textOrNull(key.path("value"));
        if (base64 == null) {
            return null;
        }
        try {
            return ConfigValue.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(new Violation("value", "must be base64"));
        }
    }
}
