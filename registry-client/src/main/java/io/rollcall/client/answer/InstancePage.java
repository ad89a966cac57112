package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.wire.InstanceReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instances of all services.
 *
 * @param index this query's version
 * @param instances immutable
 * @param cursor where the next page begins; null on the last
 */
public record InstancePage(
        long index, List<Instance> instances, @Nullable String cursor) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static InstancePage read(JsonNode json) {
        return new InstancePage(
                json.path("index").asLong(),
                Fields.list(json, "instances", InstanceReader::read),
                Fields.textOrNull(json.path("cursor")));
    }
}
