package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a drain came to: the instance is out of traffic, and these know it.
 *
 * @param acknowledged how many who watch the service told that they know
 * @param laggards who had not told when the wait was over; immutable
 */
public record DrainReport(long acknowledged, List<String> laggards) {

    /** Copies the list. */
    public DrainReport {
        laggards = List.copyOf(laggards);
    }

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static DrainReport read(JsonNode json) {
        return new DrainReport(json.path("acknowledged").asLong(), Fields.list(json, "laggards", JsonNode::asText));
    }
}
