package io.rollcall.server.http;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, read strictly: a name that the route does not know, a value that is none of its
 * type, a second value where one is meant and a malformed encoding are all violations.
 */
final class QueryParameters {

    /** The parameters that may be given more than once. */
    private static final Set<String> REPEATABLE = Set.of("tag", "service");

    private static final int MAX_PARAMETERS = 512;
    private static final int MAX_LONG_DIGITS = 18;
    private static final char MAX_ASCII = 0x7f;

    private final Map<String, List<String>> values;
    private final Violations violations;

    private QueryParameters(Map<String, List<String>> values, Violations violations) {
        this.values = values;
        this.violations = violations;
    }

    /**
     * Reads a query string.
     *
     * @param query as sent, without the question mark; null for none
     * @param known the names that the route knows
     * @param violations takes what is found, now and by the methods below
     */
    static QueryParameters parse(@Nullable String query, Set<String> known, Violations violations) {
        Map<String, List<String>> values = new HashMap<>();
        String[] parts = query == null || query.isEmpty() ? new String[0] : query.split("&", MAX_PARAMETERS + 1);
        if (parts.length > MAX_PARAMETERS) {
            violations.add("query", "must have at most " + MAX_PARAMETERS + " parameters", MAX_PARAMETERS);
            return new QueryParameters(values, violations);
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), violations);
            if (name == null || part.isEmpty()) {
                continue;
            }
            if (!known.contains(name)) {
                violations.add(name.isEmpty() ? "query" : name, "is not a known parameter of this path");
                continue;
            }
            String value = decode(equals < 0 ? "" : part.substring(equals + 1), violations);
            List<String> present = values.computeIfAbsent(name, key -> new ArrayList<>(1));
            if (!present.isEmpty() && !REPEATABLE.contains(name)) {
                violations.add(name, "must be given once");
            } else if (value != null) {
                present.add(value);
            }
        }
        return new QueryParameters(values, violations);
    }

    private static @Nullable String decode(String text, Violations violations) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    violations.add("query", "has a malformed percent-encoding");
                    return null;
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c > MAX_ASCII) {
                violations.add("query", "must be UTF-8, percent-encoded");
                return null;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            violations.add("query", "must be UTF-8, percent-encoded");
            return null;
        }
    }

    /** All values by name, decoded. */
    Map<String, List<String>> values() {
        return values;
    }

    Namespace namespace() {
        Namespace namespace = parsed("namespace", Namespace::new);
        return namespace == null ? Namespace.DEFAULT : namespace;
    }

    boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            violations.add(name, "must be true or false");
        }
        return "true".equals(text);
    }

    /** A whole number; null if absent or bad. */
    @Nullable
    Long wholeNumber(String name, long min) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_LONG_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(text) : -1;
        if (value < min) {
            violations.add(name, "must be a whole number of " + min + " or more", min);
            return null;
        }
        return value;
    }

    @Nullable
    Duration duration(String name) {
        return parsed(name, text -> Durations.parse(name, text));
    }

    /** A time; null if absent or bad. */
    @Nullable
    Instant instant(String name) {
        return parsed(name, text -> Instants.parse(name, text));
    }

    @Nullable
    String text(String name) {
        List<String> present = values.getOrDefault(name, List.of());
        return present.isEmpty() ? null : present.get(0);
    }

    private <T> @Nullable T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        return text == null ? null : violations.collect(() -> parser.apply(text));
    }
}
