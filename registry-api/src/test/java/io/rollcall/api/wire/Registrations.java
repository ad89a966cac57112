package io.rollcall.api.wire;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies as callers send them, for the tests of this package. */
final class Registrations {

    static final String SMALLEST = "{\"name\":\"orders\",\"id\":\"orders-1\",\"host\":\"10.0.0.1\",\"port\":8080}";

    private Registrations() {}

    static Registration read(String body) {
        return RegistrationReader.read(json(body), Namespace.DEFAULT, null, null);
    }

    /** Parses the bytes, as the server does: Jackson's parsers for bytes and for texts differ in what they refuse. */
    private static JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the test's own JSON is broken", e);
        }
    }

    /** Reads a good body in which one field was replaced; the value is JSON. */
    static Registration readWith(String field, String value) {
        return read(with(field, value));
    }

    static String with(String field, String value) {
        ObjectNode body = (ObjectNode) json(SMALLEST);
        body.set(field, json("null"));
        return body.toString().replace("\"" + field + "\":null", "\"" + field + "\":" + value);
    }

    static Registration readAt(String name, String id, String body) {
        return RegistrationReader.read(json(body), Namespace.DEFAULT, new ServiceName(name), new InstanceId(id));
    }

    static List<Violation> refusalsOf(String body) {
        InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class, () -> read(body));
        return refusal == null ? List.of() : refusal.violations();
    }

    static List<String> fieldsRefusedIn(String body) {
        return refusalsOf(body).stream().map(Violation::field).toList();
    }
}
