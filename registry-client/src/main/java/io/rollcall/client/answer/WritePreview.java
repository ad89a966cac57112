package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What a write would do.
 *
 * @param wouldChange whether it would change anything
 * @param status the HTTP status that it would have
 * @param after the instance afterwards; null for none
 * @param before the instance as it is; null for none
 */
public record WritePreview(
        boolean wouldChange,
        int status,
        @Nullable Instance after,
        @Nullable Instance before) {

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer: a server that does not know dry runs has really done it
     */
    public static WritePreview read(JsonNode json) {
        if (!json.path("dryRun").asBoolean()) {
            throw new InvalidRequestException(new Violation("dryRun", "is missing from the answer"));
        }
        return new WritePreview(
                json.path("wouldChange").asBoolean(),
                json.path("status").asInt(),
                Fields.instanceOrNull(json.path("instance")),
                Fields.instanceOrNull(json.path("before")));
    }
}
