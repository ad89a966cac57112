package io.rollcall.chaos.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads what events say; what many watchers are told is kept once. For one thread. */
final class Frames {

    private static final int KEPT_MAX = 4_096;

    private final Map<String, Frame> byText = recent();
    private final Map<Frame, Frame> same = recent();

    private static <K, V> Map<K, V> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEPT_MAX;
            }
        };
    }

    /**
     * Reads an event.
     *
     * @param event its name
     * @param data its JSON
     * @return what it says
     * @throws IllegalArgumentException if it is no event of a watch
     */
    Frame read(String event, String data) {
        Frame known = byText.get(data);
        if (known != null) {
            return known;
        }
        Frame read = parse(event, data);
        if (read instanceof Frame.Snapshot) {
            // Each has the name of its subscription in it, so that no two texts are alike.
            return kept(read);
        }
        byText.put(data, read);
        return read;
    }

    private Frame kept(Frame frame) {
        Frame before = same.putIfAbsent(frame, frame);
        return before == null ? frame : before;
    }

    private static Frame parse(String event, String data) {
        JsonNode json = json(data);
        return switch (event) {
            case "snapshot" ->
                new Frame.Snapshot(text(json, "service"), number(json, "index"), held(array(json, "instances")));
            case "change" ->
                new Frame.Change(
                        text(json, "service"),
                        number(json, "from"),
                        number(json, "to"),
                        held(array(json, "upserted")),
                        ids(array(json, "removed")));
            case "sync" -> new Frame.Sync(number(json, "index"));
            default -> throw new IllegalArgumentException("no event of a watch: " + event + " " + data);
        };
    }

    private static JsonNode json(String data) {
        try {
            return Json.mapper().readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON in an event: " + data, e);
        }
    }

    /** What a list of instances says, by id. */
    static Map<String, Held> held(JsonNode instances) {
        Map<String, Held> held = new HashMap<>();
        for (JsonNode instance : instances) {
            held.put(text(instance, "id"), Held.of(instance));
        }
        return held;
    }

    private static Set<String> ids(JsonNode removed) {
        Set<String> ids = new HashSet<>();
        removed.forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static String text(JsonNode json, String field) {
        return require(json, field, json.path(field).isTextual()).asText();
    }

    private static long number(JsonNode json, String field) {
        return require(json, field, json.path(field).isIntegralNumber()).asLong();
    }

    private static JsonNode array(JsonNode json, String field) {
        return require(json, field, json.path(field).isArray());
    }

    private static JsonNode require(JsonNode json, String field, boolean right) {
        if (!right) {
            throw new IllegalArgumentException("an event without a right '" + field + "': " + json);
        }
        return json.path(field);
    }
}
