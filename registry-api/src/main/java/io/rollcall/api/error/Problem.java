package io.rollcall.api.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as a value: its code, what happened, and what the caller needs to act (RFC 9457 extension members).
 *
 * @param code the stable code
 * @param detail what, which, and what to do
 * @param members extension members in the order they are written, such as {@code field}, {@code limit}, {@code holder}
 */
public record Problem(ErrorCode code, String detail, Map<String, Object> members) {

    /** Copies the members. */
    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * An error without extension members.
     *
     * @param code the code
     * @param detail what happened
     * @return the problem
     */
    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, Map.of());
    }

    /**
     * Adds an extension member.
     *
     * @param name its name
     * @param value a JSON value: text, number, boolean, list or map
     * @return a copy with it
     */
    public Problem with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return new Problem(code, detail, copy);
    }
}
