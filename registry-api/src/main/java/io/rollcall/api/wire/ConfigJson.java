package io.rollcall.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.ConfigEntry;
import java.io.IOException;

/** Writes what is known of configuration values as the interface shows it. */
public final class ConfigJson {

    private ConfigJson() {}

    /**
     * Writes one version of a key as an object, without its value.
     *
     * @param json where to
     * @param entry what
     * @throws IOException if the generator's target fails
     */
    public static void write(JsonGenerator json, ConfigEntry entry) throws IOException {
        json.writeStartObject();
        writeFields(json, entry);
        json.writeEndObject();
    }

    /**
     * Writes the same into an object that is already open.
     *
     * @param json where to
     * @param entry what
     * @throws IOException if the generator's target fails
     */
    public static void writeFields(JsonGenerator json, ConfigEntry entry) throws IOException {
        json.writeStringField("namespace", entry.key().namespace().value());
        json.writeStringField("key", entry.key().path());
        json.writeNumberField("version", entry.version());
        json.writeNumberField("createIndex", entry.createIndex());
        json.writeNumberField("modifyIndex", entry.modifyIndex());
        json.writeStringField("modifiedAt", InstanceJson.time(entry.modifiedAt()));
        json.writeStringField("contentType", entry.contentType().value());
        json.writeNumberField("size", entry.size());
        json.writeBooleanField("secret", entry.secret());
        if (entry.deleted()) {
            json.writeBooleanField("deleted", true);
        }
        if (entry.actor() != null) {
            json.writeStringField("actor", entry.actor());
        }
    }
}
