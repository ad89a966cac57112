package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each registration of a batch.
 *
 * @param items immutable, in the order of the request
 */
public record BatchResult(List<Item> items) {

    /**
     * One registration of the batch.
     *
     * @param name the service
     * @param id the instance
     * @param status as its own request would have had: 201 new, 200 replaced, else refused
     * @param instance as registered; null if it was refused
     * @param refusal why it was refused; null if it was not
     */
    public record Item(
            String name,
            String id,
            int status,
            @Nullable Instance instance,
            @Nullable Refusal refusal) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static BatchResult read(JsonNode json) {
        return new BatchResult(Fields.list(json, "results", BatchResult::item));
    }

    private static Item item(JsonNode json) {
        int status = json.path("status").asInt();
        JsonNode problem = json.path("problem");
        return new Item(
                json.path("name").asText(),
                json.path("id").asText(),
                status,
                Fields.instanceOrNull(json.path("instance")),
                problem.isObject() ? Refusal.read(status, problem, "") : null);
    }

    /**
     * Returns the registrations that were refused.
     *
     * @return empty if none was
     */
    public List<Item> refused() {
        return items.stream().filter(item -> item.refusal() != null).toList();
    }
}
