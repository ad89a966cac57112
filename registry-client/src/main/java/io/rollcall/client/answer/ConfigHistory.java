package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.wire.ConfigReader;
import java.util.List;

/**
 * The versions of a configuration key that are kept.
 *
 * @param versions immutable, newest first, deletions included
 */
public record ConfigHistory(List<ConfigEntry> versions) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static ConfigHistory read(JsonNode json) {
        return new ConfigHistory(Fields.list(json, "versions", ConfigReader::read));
    }
}
