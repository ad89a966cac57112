package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the leader's expiry governor holds back.
 *
 * @param mode {@code idle}, {@code holding} or {@code releasing}
 * @param reason why; empty if idle
 * @param since RFC 3339; null if idle
 * @param endsBy when the hold ends at the latest, RFC 3339; null if idle
 * @param candidates leases that are due
 * @param held instances that are held back
 * @param services those of which instances are held back; immutable
 */
public record ExpiryView(
        String mode,
        String reason,
        @Nullable String since,
        @Nullable String endsBy,
        long candidates,
        long held,
        List<Held> services) {

    /** Copies the list. */
    public ExpiryView {
        services = List.copyOf(services);
    }

    /**
     * One service of which instances are held back.
     *
     * @param namespace of the service
     * @param name of the service
     * @param instances its leases
     * @param overdue of these, the silent ones
     * @param held of these, those held back
     * @param reason why
     * @param since RFC 3339; null if it was not said
     * @param endsBy when the hold ends at the latest, RFC 3339; null if it was not said
     */
    public record Held(
            String namespace,
            String name,
            long instances,
            long overdue,
            long held,
            String reason,
            @Nullable String since,
            @Nullable String endsBy) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static ExpiryView read(JsonNode json) {
        List<Held> services = Fields.list(json, "perService", ExpiryView::service);
        return new ExpiryView(
                json.path("mode").asText(),
                json.path("reason").asText(""),
                Fields.textOrNull(json.path("since")),
                Fields.textOrNull(json.path("endsBy")),
                json.path("candidates").asLong(),
                json.path("held").asLong(),
                services);
    }

    private static Held service(JsonNode json) {
        return new Held(
                json.path("namespace").asText("default"),
                json.path("name").asText(),
                json.path("instances").asLong(),
                json.path("overdue").asLong(),
                json.path("held").asLong(),
                json.path("reason").asText(""),
                Fields.textOrNull(json.path("since")),
                Fields.textOrNull(json.path("endsBy")));
    }
}
