package io.rollcall.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.Heartbeats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of many heartbeats, read token by token: no tree is built, and an entry costs little more than its beat. As
 * strict as every other body.
 */
final class BeatsBody {

    private static final String INSTANCES = "instances";
    private static final String NAME = "name";
    private static final String ID = "id";
    private static final String INCARNATION = "incarnation";
    private static final int TYPICAL_BYTES_OF_ENTRY = 48;

    private final JsonParser parser;
    private final Namespace namespace;
    private final Violations violations;
    private final List<Beat> beats;
    private int count;

    // Of the entry that is being read.
    private @Nullable String name;
    private @Nullable String id;
    private @Nullable Long incarnation;
    private boolean isBad;

    // Most entries of a batch are of the service of the entry before.
    private @Nullable ServiceKey service;

    private BeatsBody(JsonParser parser, Namespace namespace, Violations violations, int expected) {
        this.parser = parser;
        this.namespace = namespace;
        this.violations = violations;
        this.beats = new ArrayList<>(expected);
    }

    /**
     * Reads all beats.
     *
     * @param body an object with {@code instances}, or the array alone
     * @param namespace of all of them
     * @param violations takes every bad field as {@code instances[3].id}; then what is returned means nothing
     * @return in order
     * @throws InvalidRequestException naming {@code body}, line and column of malformed JSON
     */
    static List<Beat> read(byte[] body, Namespace namespace, Violations violations) {
        // Its detection of duplicates costs a set for each entry; the fields of entries are told apart below.
        try (JsonParser parser =
                Json.mapper().getFactory().createParser(body).disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
            int expected = Math.min(body.length / TYPICAL_BYTES_OF_ENTRY + 1, Heartbeats.MAX_BATCH);
            BeatsBody reader = new BeatsBody(parser, namespace, violations, expected);
            reader.document();
            return reader.beats;
        } catch (IOException e) {
            throw JsonBody.unreadable(e);
        }
    }

    private void document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            violations.add("body", "is required");
            return;
        }
        if (first == JsonToken.START_ARRAY) {
            array();
        } else if (first == JsonToken.START_OBJECT) {
            object();
        } else {
            violations.add("body", "must be an object with instances, or an array of them");
        }
        if (parser.nextToken() != null) {
            violations.add("body", "must end with its first value");
        }
    }

    private void object() throws IOException {
        boolean isThere = false;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (!field.equals(INSTANCES)) {
                violations.add(field, "is not a known field");
                parser.skipChildren();
            } else if (isThere) {
                violations.add(INSTANCES, "must be given once");
                parser.skipChildren();
            } else if (value == JsonToken.START_ARRAY) {
                isThere = true;
                array();
            } else {
                isThere = true;
                violations.add(INSTANCES, "must be an array");
                parser.skipChildren();
            }
        }
        if (!isThere) {
            violations.add(INSTANCES, "is required");
        }
    }

    private void array() throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (count >= Heartbeats.MAX_BATCH) {
                parser.skipChildren();
            } else if (token == JsonToken.START_OBJECT) {
                entry();
            } else {
                violations.add(INSTANCES + "[" + count + "]", "must be an object");
                parser.skipChildren();
            }
            count++;
        }
        if (count == 0 || count > Heartbeats.MAX_BATCH) {
            violations.add(
                    INSTANCES,
                    "must have 1 to " + Heartbeats.MAX_BATCH + " entries, has " + count,
                    count == 0 ? 1 : Heartbeats.MAX_BATCH);
        }
    }

    private void entry() throws IOException {
        name = null;
        id = null;
        incarnation = null;
        isBad = false;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case NAME -> name = text(NAME, name);
                case ID -> id = text(ID, id);
                case INCARNATION -> incarnation = number(incarnation);
                default -> bad(field, "is not a known field");
            }
            parser.skipChildren();
        }
        InstanceKey key = key();
        if (key != null) {
            beats.add(new Beat(key, incarnation));
        }
    }

    private @Nullable String text(String field, @Nullable String before) throws IOException {
        if (before != null) {
            bad(field, "must be given once");
            return before;
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            bad(field, "must be a string");
        }
        return null;
    }

    private @Nullable Long number(@Nullable Long before) throws IOException {
        if (before != null) {
            bad(INCARNATION, "must be given once");
            return before;
        }
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean isLong = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!isLong || parser.getLongValue() < 1) {
            bad(INCARNATION, "must be a whole number of 1 or more, of 64 bits");
            return null;
        }
        return parser.getLongValue();
    }

    private @Nullable InstanceKey key() {
        if (name == null) {
            bad(NAME, "is required");
        }
        if (id == null) {
            bad(ID, "is required");
        }
        try {
            if (name != null && (service == null || !service.name().value().equals(name))) {
                service = new ServiceKey(namespace, new ServiceName(name));
            }
        } catch (InvalidRequestException e) {
            bad(e);
        }
        try {
            InstanceId instance = id == null ? null : new InstanceId(id);
            return isBad || service == null || instance == null ? null : new InstanceKey(service, instance);
        } catch (InvalidRequestException e) {
            bad(e);
            return null;
        }
    }

    private void bad(InvalidRequestException e) {
        isBad = true;
        for (Violation violation : e.violations()) {
            violations.add(prefix() + violation.field(), violation.message(), violation.limit());
        }
    }

    private void bad(String field, String message) {
        isBad = true;
        violations.add(prefix() + field, message);
    }

    private String prefix() {
        return INSTANCES + "[" + count + "].";
    }
}
