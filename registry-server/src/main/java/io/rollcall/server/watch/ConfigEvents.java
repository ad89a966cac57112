package io.rollcall.server.watch;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.wire.ConfigJson;
import io.rollcall.server.view.ConfigScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The events that tell of configuration as they go over the wire. No value is in them, of secrets nor of others. */
final class ConfigEvents {

    private ConfigEvents() {}

    /** What became of one key. */
    static Frame change(ConfigScope scope, long from, ConfigEntry change, @Nullable String traceParent) {
        return Frame.of("config-change", change.modifyIndex(), write((json, bytes) -> {
            begin(json, scope);
            json.writeNumberField("from", from);
            json.writeNumberField("to", change.modifyIndex());
            json.writeArrayFieldStart("upserted");
            if (!change.deleted()) {
                ConfigJson.write(json, change);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("removed");
            if (change.deleted()) {
                json.writeString(change.key().path());
            }
            json.writeEndArray();
            if (change.deleted()) {
                // The version that the deletion is: when it was, and by whom.
                json.writeArrayFieldStart("deletions");
                ConfigJson.write(json, change);
                json.writeEndArray();
            }
            if (traceParent != null) {
                json.writeStringField("traceparent", traceParent);
            }
            json.writeEndObject();
        }));
    }

    /**
     * A part of all there is.
     *
     * @param rest the keys that were not told yet; those of this part are taken from it
     * @return the data
     */
    static byte[] piece(ConfigScope scope, long index, Iterator<ConfigEntry> rest, String subscription) {
        return write((json, bytes) -> {
            begin(json, scope);
            json.writeNumberField("index", index);
            json.writeArrayFieldStart("keys");
            while (rest.hasNext() && bytes.size() + json.getOutputBuffered() < Stream.WRITE_BYTES) {
                ConfigJson.write(json, rest.next());
            }
            json.writeEndArray();
            if (rest.hasNext()) {
                json.writeBooleanField("more", true);
            }
            json.writeStringField("subscription", subscription);
            json.writeEndObject();
        });
    }

    private static void begin(JsonGenerator json, ConfigScope scope) throws IOException {
        json.writeStartObject();
        json.writeStringField("prefix", scope.text());
        json.writeStringField("namespace", scope.namespace().value());
    }

    private interface Data {
        void write(JsonGenerator json, ByteArrayBuilder bytes) throws IOException;
    }

    private static byte[] write(Data data) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator json = Json.mapper().getFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            data.write(json, bytes);
            json.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON in memory", e);
        }
    }
}
