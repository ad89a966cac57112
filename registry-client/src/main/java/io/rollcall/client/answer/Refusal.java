package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.http.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A refusal by the registry: the error of its answer. Codes of a newer registry are kept as text.
 *
 * @param status the HTTP status
 * @param code the kebab-case code; {@code http-<status>} if the answer was no problem document
 * @param detail what happened and what to do
 * @param members what else the caller needs to act, such as {@code field}, {@code limit}, {@code holder}, in order
 */
public record Refusal(int status, String code, String detail, Map<String, Object> members) {

    private static final int MAX_QUOTED_LENGTH = 200;

    /** Copies the members. */
    public Refusal {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * Reads the error of an answer.
     *
     * @param status the HTTP status
     * @param problem the body as JSON; missing if it is none
     * @param text the body as text, quoted if it is no problem document
     * @return the refusal
     */
    public static Refusal read(int status, JsonNode problem, String text) {
        if (!problem.path("code").isTextual()) {
            String quoted = text.strip();
            if (quoted.length() > MAX_QUOTED_LENGTH) {
                quoted = quoted.substring(0, MAX_QUOTED_LENGTH) + "…";
            }
            String detail = "the server answered HTTP " + status + (quoted.isEmpty() ? "" : ": " + quoted);
            return new Refusal(status, "http-" + status, detail, Map.of());
        }
        Map<String, Object> members = new LinkedHashMap<>();
        problem.properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "type", "title", "status", "detail", "code" -> {}
                default -> members.put(entry.getKey(), Json.mapper().convertValue(entry.getValue(), Object.class));
            }
        });
        String detail = problem.path("detail").asText(problem.path("title").asText(""));
        return new Refusal(status, problem.path("code").textValue(), detail, members);
    }

    /**
     * Tells whether the code is this one.
     *
     * @param other a code
     * @return true if it is
     */
    public boolean is(ErrorCode other) {
        return code.equals(other.wireName());
    }

    /**
     * Returns the code if this version knows it.
     *
     * @return empty for a newer registry's code, and for an answer that was no problem document
     */
    public Optional<ErrorCode> known() {
        for (ErrorCode candidate : ErrorCode.values()) {
            if (is(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return code + ": " + detail;
    }
}
