package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node logs of.
 *
 * @param levels those that are set; immutable
 */
public record LogLevels(List<Level> levels) {

    /** Copies the list. */
    public LogLevels {
        levels = List.copyOf(levels);
    }

    /**
     * A level that is set.
     *
     * @param logger whose, and that of all below it; {@code ROOT} is that of all others
     * @param level such as {@code DEBUG}
     * @param leftMillis until it falls back to what it was; null: it stays
     */
    public record Level(
            String logger, String level, @Nullable Long leftMillis) {}

    /**
     * Reads an answer.
     *
     * @param json its body
     * @return what it holds
     * @throws io.rollcall.api.model.InvalidRequestException if it is no such answer
     */
    public static LogLevels read(JsonNode json) {
        return new LogLevels(Fields.list(json, "levels", LogLevels::level));
    }

    private static Level level(JsonNode json) {
        JsonNode left = json.path("leftMillis");
        return new Level(
                json.path("logger").asText(), json.path("level").asText(), left.isNumber() ? left.asLong() : null);
    }
}
