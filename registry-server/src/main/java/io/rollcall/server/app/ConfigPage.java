package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.wire.ConfigJson;
import io.rollcall.server.view.ConfigSnapshot;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes one page of a list of configuration. */
final class ConfigPage {

    /** Most bytes of the values of one page, but for a single value. */
    static final int MAX_VALUE_BYTES = 1024 * 1024;

    private final ConfigQuery query;
    private final ConfigStore store;
    private int written;
    private long valueBytes;
    private String last = "";

    private ConfigPage(ConfigQuery query, ConfigStore store) {
        this.query = query;
        this.store = store;
    }

    /**
     * Writes a page.
     *
     * @throws ConfigStore.BeingReplacedException if a value cannot be had
     */
    static byte[] write(ConfigSnapshot snapshot, long index, ConfigQuery query, ConfigStore store) {
        ConfigPage page = new ConfigPage(query, store);
        return JsonBytes.write(json -> page.write(json, snapshot, index));
    }

    private void write(JsonGenerator json, ConfigSnapshot snapshot, long index) throws IOException {
        String cursor = null;
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeArrayFieldStart("keys");
        for (ConfigEntry entry : snapshot.entries(query.namespace(), query.prefix(), query.after())) {
            if (isFull(entry)) {
                cursor = CatalogQuery.encodeCursor(last);
                break;
            }
            write(json, entry);
        }
        json.writeEndArray();
        writeCursor(json, cursor);
        json.writeEndObject();
    }

    private static void writeCursor(JsonGenerator json, @Nullable String cursor) throws IOException {
        if (cursor != null) {
            json.writeStringField("cursor", cursor);
        }
    }

    private boolean isFull(ConfigEntry next) {
        boolean tooMuch = showsValue(next) && valueBytes + next.size() > MAX_VALUE_BYTES;
        return written == query.limit() || (written > 0 && tooMuch);
    }

    private void write(JsonGenerator json, ConfigEntry entry) throws IOException {
        json.writeStartObject();
        ConfigJson.writeFields(json, entry);
        if (showsValue(entry)) {
            ConfigValue value = store.value(entry.key(), entry.version());
            if (value == null) {
                // The key changed by more versions than are kept since this page was begun.
                throw new ConfigStore.BeingReplacedException();
            }
            valueBytes += value.size();
            json.writeBinaryField("value", value.bytes());
        }
        json.writeEndObject();
        written++;
        last = entry.key().path();
    }

    private boolean showsValue(ConfigEntry entry) {
        return query.values() && (query.reveal() || !entry.secret());
    }
}
