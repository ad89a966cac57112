package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the fields of the events of a watch; what is missing is an {@link InvalidRequestException} that names it. */
final class EventFields {

    private EventFields() {}

    static long index(JsonNode json, String field) {
        if (!json.path(field).isIntegralNumber()) {
            throw missing(field);
        }
        return json.path(field).longValue();
    }

    static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> reader) {
        if (!json.path(field).isArray()) {
            throw missing(field);
        }
        List<T> list = new ArrayList<>(json.path(field).size());
        json.path(field).forEach(element -> list.add(reader.apply(element)));
        return list;
    }

    private static InvalidRequestException missing(String field) {
        return new InvalidRequestException(new Violation(field, "is missing from the event"));
    }
}
