package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.server.watch.Following;
import io.rollcall.server.watch.WatchHub.Followers;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Those who follow a service, as members tell each other and as the interface shows them. */
final class FollowersJson {

    private FollowersJson() {}

    /**
     * What one member says.
     *
     * @param position registry index up to which it has told all
     * @param subscribers one an object, as the interface shows it
     */
    record OfNode(long position, List<JsonNode> subscribers) {

        /** Whether its readers cannot have been told of a change at an index yet. */
        boolean isBehind(long index) {
            return position < index;
        }
    }

    static byte[] ofNode(String node, Followers followers) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeNumberField("position", followers.position());
            json.writeArrayFieldStart("subscribers");
            for (Following following : followers.following()) {
                write(json, node, following);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String node, Following following) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", following.subscriber().id());
        if (following.subscription() != null) {
            json.writeStringField("subscription", following.subscription());
        }
        json.writeStringField("node", node);
        json.writeStringField("address", following.subscriber().address());
        json.writeStringField("kind", following.subscription() == null ? "read" : "watch");
        json.writeStringField(
                "since",
                InstanceJson.time(Instant.ofEpochMilli(following.subscriber().sinceMillis())));
        json.writeNumberField("sent", following.sent());
        json.writeNumberField("acknowledged", following.acknowledged());
        json.writeNumberField("lag", following.lag());
        json.writeEndObject();
    }

    static OfNode read(byte[] bytes) throws IOException {
        JsonNode json = Json.mapper().readTree(bytes);
        List<JsonNode> subscribers = new ArrayList<>();
        json.path("subscribers").forEach(subscribers::add);
        return new OfNode(json.path("position").asLong(), subscribers);
    }

    /** Whether one should know of a change at an index and has not said that it does. */
    static boolean isLaggard(JsonNode subscriber, long index) {
        long acknowledged = subscriber.path("acknowledged").asLong();
        long version = acknowledged + subscriber.path("lag").asLong();
        return acknowledged < index && version >= index;
    }

    static byte[] answer(ServiceKey service, long index, List<JsonNode> subscribers) {
        List<JsonNode> sorted = subscribers.stream()
                .sorted(Comparator.comparing((JsonNode one) -> one.path("id").asText())
                        .thenComparing(one -> one.path("node").asText())
                        .thenComparing(one -> one.path("address").asText()))
                .toList();
        return JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", service.name().value());
            json.writeNumberField("index", index);
            json.writeArrayFieldStart("subscribers");
            for (JsonNode one : sorted) {
                json.writeTree(one);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
