package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many instances of a service are left after each step of a query.
 *
 * @param name the service
 * @param index the version of the query
 * @param registered instances of any status
 * @param steps immutable, in the order of the query
 * @param returned what is left in the end
 * @param hint why nothing is left; null if something is
 */
public record ServiceExplanation(
        String name,
        long index,
        long registered,
        List<Count> steps,
        long returned,
        @Nullable String hint) {

    /** Copies the list. */
    public ServiceExplanation {
        steps = List.copyOf(steps);
    }

    /**
     * What one step leaves.
     *
     * @param step its name, such as {@code health}; a newer registry may have more
     * @param passed instances that pass it and all before it
     */
    public record Count(String step, long passed) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static ServiceExplanation read(JsonNode json) {
        return new ServiceExplanation(
                json.path("name").asText(),
                json.path("index").asLong(),
                json.path("registered").asLong(),
                Fields.list(
                        json,
                        "steps",
                        step -> new Count(
                                step.path("step").asText(), step.path("passed").asLong())),
                json.path("returned").asLong(),
                Fields.textOrNull(json.path("hint")));
    }
}
