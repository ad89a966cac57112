package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.Violation;
import io.rollcall.api.wire.InstanceReader;
import io.rollcall.client.watch.WatchEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the events of a watch out of those of its stream. */
final class WatchFrames {

    private WatchFrames() {}

    /**
     * An event with what it says to its watch alone.
     *
     * @param event null for one that this version does not know
     * @param subscription what to acknowledge by; null if it does not say
     */
    record Frame(@Nullable WatchEvent event, @Nullable String subscription) {}

    /**
     * Reads an event.
     *
     * @throws IOException if it is none that a registry sends
     */
    static Frame read(EventStreamParser.Event event) throws IOException {
        try {
            JsonNode json = Json.mapper().readTree(event.data());
            return new Frame(
                    event(event.name(), json), json.path("subscription").textValue());
        } catch (InvalidRequestException e) {
            throw new IOException(
                    "a " + event.name() + " event cannot be read (" + e.getMessage()
                            + "): is the server newer than this client?",
                    e);
        }
    }

    private static @Nullable WatchEvent event(String name, JsonNode json) {
        return switch (name) {
            case "snapshot" ->
                new WatchEvent.Snapshot(
                        service(json), index(json, "index"), list(json, "instances", InstanceReader::read), json);
            case "change" ->
                new WatchEvent.Change(
                        service(json),
                        index(json, "from"),
                        index(json, "to"),
                        list(json, "upserted", InstanceReader::read),
                        list(json, "removed", id -> new InstanceId(id.asText())),
                        json);
            case "sync" -> new WatchEvent.Sync(index(json, "index"), json);
            // Of a newer registry.
            default -> null;
        };
    }

    private static ServiceKey service(JsonNode json) {
        return ServiceKey.of(
                json.path("namespace").asText("default"), json.path("service").asText());
    }

    private static long index(JsonNode json, String field) {
        if (!json.path(field).isIntegralNumber()) {
            throw new InvalidRequestException(new Violation(field, "is missing from the event"));
        }
        return json.path(field).longValue();
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> reader) {
        if (!json.path(field).isArray()) {
            throw new InvalidRequestException(new Violation(field, "is missing from the event"));
        }
        List<T> list = new ArrayList<>(json.path(field).size());
        json.path(field).forEach(element -> list.add(reader.apply(element)));
        return list;
    }
}
