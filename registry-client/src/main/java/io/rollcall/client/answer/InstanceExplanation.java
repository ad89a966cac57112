package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a query returns an instance or does not.
 *
 * @param name the service
 * @param instance the id
 * @param returned whether the query returns it
 * @param index the version of the query
 * @param steps immutable, in the order of the query; those after {@code acl} are missing if it is not registered
 * @param hint what would return it, or what is to be known of it; null if there is nothing to say
 */
public record InstanceExplanation(
        String name,
        String instance,
        boolean returned,
        long index,
        List<Verdict> steps,
        @Nullable String hint) {

    /** Copies the list. */
    public InstanceExplanation {
        steps = List.copyOf(steps);
    }

    /**
     * What one step says.
     *
     * @param step its name, such as {@code health}; a newer registry may have more
     * @param ok whether the instance passes
     * @param detail why, as a short sentence
     * @param fields the same for machines, such as {@code ttl}, {@code failures}, {@code wanted}; in order
     */
    public record Verdict(String step, boolean ok, String detail, Map<String, Object> fields) {

        /** Copies the map. */
        public Verdict {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer
     */
    public static InstanceExplanation read(JsonNode json) {
        if (!json.path("returned").isBoolean()) {
            throw new InvalidRequestException(new Violation("returned", "is missing from the answer"));
        }
        return new InstanceExplanation(
                json.path("name").asText(),
                json.path("instance").asText(),
                json.path("returned").booleanValue(),
                json.path("index").asLong(),
                Fields.list(json, "steps", InstanceExplanation::verdict),
                Fields.textOrNull(json.path("hint")));
    }

    private static Verdict verdict(JsonNode json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "step", "ok", "detail" -> {}
                default -> fields.put(entry.getKey(), Json.mapper().convertValue(entry.getValue(), Object.class));
            }
        });
        return new Verdict(
                json.path("step").asText(),
                json.path("ok").asBoolean(),
                json.path("detail").asText(""),
                fields);
    }
}
