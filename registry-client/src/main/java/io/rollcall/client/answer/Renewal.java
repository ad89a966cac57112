package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A lease that was renewed.
 *
 * @param ttl how long the instance may be silent; zero for ever
 * @param nextHeartbeat when to beat next, from the answer on; zero if no beat is needed
 */
public record Renewal(Duration ttl, Duration nextHeartbeat) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static Renewal read(JsonNode json) {
        return new Renewal(Fields.duration(json, "ttl"), Fields.duration(json, "nextHeartbeat"));
    }
}
