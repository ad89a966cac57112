package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the keys stand that the cluster seals secrets with; never what they are.
 *
 * @param sealed whether secrets are sealed; nothing else is known otherwise
 * @param version counts the changes of the keys; 0 if nothing is sealed
 * @param primaryKey the id of the key that seals
 * @param keys the ids of the keys that open; immutable
 * @param masterKey which master key they are sealed by
 * @param changedAt when they changed last, RFC 3339; null if nothing is sealed
 * @param phase {@code resealing}, {@code waiting} or {@code settled}; empty if nothing is sealed
 * @param done records that were gone through
 * @param total how many there are about
 */
public record KeysView(
        boolean sealed,
        long version,
        long primaryKey,
        List<Long> keys,
        String masterKey,
        @Nullable String changedAt,
        String phase,
        long done,
        long total) {

    /** The phase in which the primary key is the only one. */
    public static final String SETTLED = "settled";

    /** The phase in which what is there is sealed by the primary key. */
    public static final String RESEALING = "resealing";

    /** Copies the list. */
    public KeysView {
        keys = List.copyOf(keys);
    }

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static KeysView read(JsonNode json) {
        boolean sealed = json.path("sealed").asBoolean();
        return new KeysView(
                sealed,
                json.path("version").asLong(),
                json.path("primaryKey").asLong(),
                sealed ? Fields.list(json, "keys", JsonNode::asLong) : List.of(),
                json.path("masterKey").asText(""),
                Fields.textOrNull(json.path("changedAt")),
                json.path("phase").asText(""),
                json.path("done").asLong(),
                json.path("total").asLong());
    }
}
