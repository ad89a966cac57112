package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the instances of a service.
 *
 * @param name the service
 * @param index registry index of its last change
 * @param knownSince what happened before is not known any more; null if nothing was forgotten
 * @param changes immutable, newest first
 * @param cursor where the next page begins; null on the last
 */
public record HistoryPage(
        String name,
        long index,
        @Nullable Instant knownSince,
        List<Change> changes,
        @Nullable String cursor) {

    /**
     * One change.
     *
     * @param instance which instance
     * @param index its registry index, unique to it
     * @param time when, by the registry's clock
     * @param operation such as {@code registered} or {@code lease-lapsed}; later versions may know more
     * @param actor who asked for it; null if nobody was authenticated
     * @param traceId the trace of the request; null if it had none
     * @param before the instance before; null if it was not registered
     * @param after the instance after; null if it was removed
     */
    public record Change(
            String instance,
            long index,
            Instant time,
            String operation,
            @Nullable String actor,
            @Nullable String traceId,
            @Nullable Instance before,
            @Nullable Instance after) {

        static Change read(JsonNode json) {
            return new Change(
                    json.path("instance").asText(),
                    json.path("index").asLong(),
                    instant(json.path("time").asText()),
                    json.path("operation").asText(),
                    Fields.textOrNull(json.path("actor")),
                    Fields.textOrNull(json.path("traceId")),
                    Fields.instanceOrNull(json.path("before")),
                    Fields.instanceOrNull(json.path("after")));
        }
    }

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws InvalidRequestException if it is no such answer
     */
    public static HistoryPage read(JsonNode json) {
        String knownSince = Fields.textOrNull(json.path("knownSince"));
        return new HistoryPage(
                json.path("name").asText(),
                json.path("index").asLong(),
                knownSince == null ? null : instant(knownSince),
                Fields.list(json, "events", Change::read),
                Fields.textOrNull(json.path("cursor")));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequestException(new Violation("time", "is no time in the answer"));
        }
    }
}
