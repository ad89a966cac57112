package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who follows a service, over all nodes.
 *
 * @param name the service
 * @param index its version
 * @param subscribers immutable
 */
public record Subscribers(String name, long index, List<Subscriber> subscribers) {

    /** Copies the list. */
    public Subscribers {
        subscribers = List.copyOf(subscribers);
    }

    /**
     * One who follows.
     *
     * @param id the name that it gave itself, or its address
     * @param subscription names its stream; empty for a blocking reader
     * @param node that it is at
     * @param address of its connection
     * @param kind {@code watch} or {@code read}
     * @param since RFC 3339; null if it was not said
     * @param sent registry index that it was told
     * @param acknowledged registry index that it said it knows; 0 for none
     * @param lag how many indexes it is behind the service
     */
    public record Subscriber(
            String id,
            String subscription,
            String node,
            String address,
            String kind,
            @Nullable String since,
            long sent,
            long acknowledged,
            long lag) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static Subscribers read(JsonNode json) {
        return new Subscribers(
                json.path("name").asText(),
                json.path("index").asLong(),
                Fields.list(json, "subscribers", Subscribers::subscriber));
    }

    private static Subscriber subscriber(JsonNode json) {
        return new Subscriber(
                json.path("id").asText(),
                json.path("subscription").asText(""),
                json.path("node").asText(""),
                json.path("address").asText(""),
                json.path("kind").asText(""),
                Fields.textOrNull(json.path("since")),
                json.path("sent").asLong(),
                json.path("acknowledged").asLong(),
                json.path("lag").asLong());
    }
}
