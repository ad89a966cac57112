package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What many heartbeats came to.
 *
 * @param renewed how many leases were renewed
 * @param failed the others, in the order of the request; immutable
 * @param ttl the shortest of the renewed leases; zero if none of them ends, null if none was renewed
 * @param nextHeartbeat when to beat next for all that were renewed; zero if none needs it, null if none was renewed
 */
public record RenewalTally(
        long renewed,
        List<Failed> failed,
        @Nullable Duration ttl,
        @Nullable Duration nextHeartbeat) {

    /** Copies the list. */
    public RenewalTally {
        failed = List.copyOf(failed);
    }

    /**
     * A beat that renewed nothing.
     *
     * @param name the service
     * @param id the instance
     * @param code why, kebab-case; a newer registry's code is kept as text
     * @param action what to do: {@code reregister}, {@code stop} or {@code retry}
     * @param incarnation the one that is there instead; null if that is not the reason
     */
    public record Failed(
            String name,
            String id,
            String code,
            String action,
            @Nullable Long incarnation) {

        /**
         * Tells whether the code is this one.
         *
         * @param other a code
         * @return true if it is
         */
        public boolean is(ErrorCode other) {
            return code.equals(other.wireName());
        }
    }

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static RenewalTally read(JsonNode json) {
        List<Failed> failed = Fields.list(json, "failed", RenewalTally::failed);
        return new RenewalTally(
                json.path("renewed").asLong(),
                failed,
                json.has("ttl") ? Fields.duration(json, "ttl") : null,
                json.has("nextHeartbeat") ? Fields.duration(json, "nextHeartbeat") : null);
    }

    private static Failed failed(JsonNode json) {
        return new Failed(
                json.path("name").asText(),
                json.path("id").asText(),
                json.path("code").asText(),
                json.path("action").asText(),
                Fields.longOrNull(json.path("incarnation")));
    }
}
