package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.wire.InstanceReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service that a query selects.
 *
 * @param name the service
 * @param index this query's version: it moves only when what the query returns can have moved
 * @param instances immutable, sorted by id; empty for an unknown service
 * @param cursor where the next page begins; null on the last
 */
public record Discovery(
        String name,
        long index,
        List<Instance> instances,
        @Nullable String cursor) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static Discovery read(JsonNode json) {
        return new Discovery(
                json.path("name").asText(),
                json.path("index").asLong(),
                Fields.list(json, "instances", InstanceReader::read),
                Fields.textOrNull(json.path("cursor")));
    }
}
