package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.api.wire.ConfigReader;
import org.jspecify.annotations.Nullable;

/**
 * What a write of configuration would do.
 *
 * @param status the HTTP status that it would have
 * @param after the key afterwards; null if it would not be there
 * @param before the key as it is; null if it is not there
 */
public record ConfigPreview(
        int status, @Nullable ConfigEntry after, @Nullable ConfigEntry before) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer: a server that does not know dry runs has really done it
     */
    public static ConfigPreview read(JsonNode json) {
        if (!json.path("dryRun").asBoolean()) {
            throw new InvalidRequestException(new Violation("dryRun", "is missing from the answer"));
        }
        return new ConfigPreview(
                json.path("status").asInt(), entryOrNull(json.path("config")), entryOrNull(json.path("before")));
    }

    private static @Nullable ConfigEntry entryOrNull(JsonNode json) {
        return json.isObject() ? ConfigReader.read(json) : null;
    }
}
