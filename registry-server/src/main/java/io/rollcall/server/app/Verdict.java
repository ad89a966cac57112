package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * What one step of a query says of one instance.
 *
 * @param step its name
 * @param ok whether the instance passes it
 * @param detail why, as a short sentence
 * @param fields the same for machines; written into the object of the step
 */
record Verdict(String step, boolean ok, String detail, JsonBytes.Document fields) {

    Verdict(String step, boolean ok, String detail) {
        this(step, ok, detail, json -> {});
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("step", step);
        json.writeBooleanField("ok", ok);
        json.writeStringField("detail", detail);
        fields.write(json);
        json.writeEndObject();
    }
}
