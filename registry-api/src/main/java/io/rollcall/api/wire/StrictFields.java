package io.rollcall.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Violations;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read strictly: a wrong type is a violation, never a conversion. A field that is
 * absent or null reads as absent.
 */
public final class StrictFields {

    private final JsonNode object;
    private final String prefix;
    private final Violations violations;

    /**
     * The fields of an object.
     *
     * @param object a JSON object
     * @param prefix what field names in errors begin with; empty, or ending with a dot
     * @param violations takes what is found
     */
    public StrictFields(JsonNode object, String prefix, Violations violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    /**
     * Finds fields that nobody knows: a typing mistake must not be lost.
     *
     * @param known fields that are read
     * @param ignored fields that are accepted and ignored
     */
    public void refuseUnknown(Set<String> known, Set<String> ignored) {
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name) && !ignored.contains(name)) {
                violations.add(prefix + name, "is not a known field");
            }
        }
    }

    /**
     * Reads a text.
     *
     * @param field its name
     * @return null if absent or of another type
     */
    public @Nullable String text(String field) {
        JsonNode node = present(field);
        if (node != null && !node.isTextual()) {
            violations.add(prefix + field, "must be a string");
            return null;
        }
        return node == null ? null : node.textValue();
    }

    /**
     * Reads a text with a default.
     *
     * @param field its name
     * @param fallback if absent
     * @return the text
     */
    public String textOr(String field, String fallback) {
        String text = text(field);
        return text == null ? fallback : text;
    }

    /**
     * Hands on a text if it is there.
     *
     * @param field its name
     * @param consumer takes it
     */
    public void ifText(String field, Consumer<String> consumer) {
        String text = text(field);
        if (text != null) {
            consumer.accept(text);
        }
    }

    /**
     * Reads a whole number.
     *
     * @param field its name
     * @return null if absent or not a whole number of 32 bits
     */
    public @Nullable Integer integer(String field) {
        JsonNode node = present(field);
        if (node != null && !node.canConvertToInt()) {
            violations.add(prefix + field, "must be a whole number of 32 bits");
            return null;
        }
        if (node != null && !node.isIntegralNumber()) {
            violations.add(prefix + field, "must be a whole number");
            return null;
        }
        return node == null ? null : node.intValue();
    }

    /**
     * Reads a whole number with a default.
     *
     * @param field its name
     * @param fallback if absent
     * @return the number
     */
    public int integerOr(String field, int fallback) {
        Integer number = integer(field);
        return number == null ? fallback : number;
    }

    /**
     * Hands on a whole number if it is there.
     *
     * @param field its name
     * @param consumer takes it
     */
    public void ifInteger(String field, IntConsumer consumer) {
        Integer number = integer(field);
        if (number != null) {
            consumer.accept(number);
        }
    }

    /**
     * Reads a whole number of 64 bits.
     *
     * @param field its name
     * @return null if absent or not such a number
     */
    public @Nullable Long longInteger(String field) {
        JsonNode node = present(field);
        if (node != null && !(node.isIntegralNumber() && node.canConvertToLong())) {
            violations.add(prefix + field, "must be a whole number of 64 bits");
            return null;
        }
        return node == null ? null : node.longValue();
    }

    /**
     * Hands on a duration if it is there.
     *
     * @param field its name
     * @param consumer takes it
     */
    public void ifDuration(String field, Consumer<Duration> consumer) {
        Duration duration = parsed(field, Durations::parse);
        if (duration != null) {
            consumer.accept(duration);
        }
    }

    /**
     * Reads a duration with a default.
     *
     * @param field its name
     * @param fallback if absent
     * @return the duration
     */
    public Duration durationOr(String field, Duration fallback) {
        Duration duration = parsed(field, Durations::parse);
        return duration == null ? fallback : duration;
    }

    /**
     * Reads a text and parses it.
     *
     * @param field its name
     * @param parser takes the field's path and the text
     * @param <T> what is parsed
     * @return null if absent or bad
     */
    public <T> @Nullable T parsed(String field, BiFunction<String, String, T> parser) {
        String text = text(field);
        return text == null ? null : violations.collect(() -> parser.apply(prefix + field, text));
    }

    /**
     * Reads a text or a whole number and parses its text.
     *
     * @param field its name
     * @param parser takes the field's path and the text
     * @param <T> what is parsed
     * @return null if absent or bad
     */
    public <T> @Nullable T parsedScalar(String field, BiFunction<String, String, T> parser) {
        JsonNode node = present(field);
        if (node != null && node.isIntegralNumber()) {
            return violations.collect(() -> parser.apply(prefix + field, node.asText()));
        }
        return parsed(field, parser);
    }

    /**
     * Reads a map of texts.
     *
     * @param field its name
     * @return sorted, empty if absent
     */
    public SortedMap<String, String> textMap(String field) {
        JsonNode node = present(field);
        if (node == null) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> map = new TreeMap<>();
        if (!node.isObject()) {
            violations.add(prefix + field, "must be an object of strings");
            return map;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getValue().isTextual()) {
                map.put(entry.getKey(), entry.getValue().textValue());
            } else {
                violations.add(prefix + field + "." + entry.getKey(), "must be a string");
            }
        }
        return map;
    }

    /**
     * Reads an object.
     *
     * @param field its name
     * @return null if absent or of another type
     */
    public @Nullable StrictFields object(String field) {
        JsonNode node = present(field);
        if (node != null && !node.isObject()) {
            violations.add(prefix + field, "must be an object or null");
            return null;
        }
        return node == null ? null : new StrictFields(node, prefix + field + ".", violations);
    }

    private @Nullable JsonNode present(String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }
}
