package io.rollcall.client.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.api.wire.InstanceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parts that answers share. */
final class Fields {

    private Fields() {}

    /** The elements of an array that must be there: an answer without it comes from something else than a registry. */
    static <T> List<T> list(JsonNode answer, String field, Function<JsonNode, T> reader) {
        JsonNode array = answer.path(field);
        if (!array.isArray()) {
            throw new InvalidRequestException(new Violation(field, "is missing from the answer"));
        }
        List<T> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(reader.apply(element)));
        return Collections.unmodifiableList(list);
    }

    static @Nullable Instance instanceOrNull(JsonNode json) {
        return json.isObject() ? InstanceReader.read(json) : null;
    }

    static @Nullable String textOrNull(JsonNode json) {
        return json.isTextual() ? json.textValue() : null;
    }

    static @Nullable Long longOrNull(JsonNode json) {
        return json.isIntegralNumber() ? json.longValue() : null;
    }

    static Duration duration(JsonNode answer, String field) {
        return Durations.parse(field, answer.path(field).asText(""));
    }

    static Map<InstanceStatus, Long> byStatus(JsonNode counts) {
        Map<InstanceStatus, Long> map = new EnumMap<>(InstanceStatus.class);
        for (InstanceStatus status : InstanceStatus.values()) {
            if (counts.has(status.wireName())) {
                map.put(status, counts.path(status.wireName()).asLong());
            }
        }
        return Collections.unmodifiableMap(map);
    }
}
