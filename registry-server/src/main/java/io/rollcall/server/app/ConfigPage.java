package io.rollcall.server.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.wire.ConfigJson;
import io.rollcall.server.app.access.Sight;
import io.rollcall.server.view.ConfigSnapshot;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes one page of a list of configuration. */
final class ConfigPage {

    /** Most bytes of the values of one page, but for a single value. */
    static final int MAX_VALUE_BYTES = 1024 * 1024;

    private final ConfigQuery query;
    private final ConfigStore store;
    private final Sight sight;
    private final Predicate<ConfigKey> showsSecret;
    private int written;
    private final HiddenRows hidden = new HiddenRows();
    private long valueBytes;
    private String last = "";

    private ConfigPage(ConfigQuery query, ConfigStore store, Sight sight, Predicate<ConfigKey> showsSecret) {
        this.query = query;
        this.store = store;
        this.sight = sight;
        this.showsSecret = showsSecret;
    }

    /**
     * Writes a page.
     *
     * @param sight which keys its reader sees
     * @param showsSecret which secrets
     * @throws ConfigStore.BeingReplacedException if a value cannot be had
     */
    static byte[] write(
            ConfigSnapshot snapshot,
            long index,
            ConfigQuery query,
            ConfigStore store,
            Sight sight,
            Predicate<ConfigKey> showsSecret) {
        ConfigPage page = new ConfigPage(query, store, sight, showsSecret);
        return JsonBytes.write(json -> page.write(json, snapshot, index));
    }

    private void write(JsonGenerator json, ConfigSnapshot snapshot, long index) throws IOException {
        String cursor = null;
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeArrayFieldStart("keys");
        for (ConfigEntry entry : snapshot.entries(query.namespace(), query.prefix(), query.after())) {
            if (!sight.sees(entry.key().path())) {
                hidden.add(1, written == query.limit());
                continue;
            }
            if (isFull(entry)) {
                hidden.leaveToNextPage();
                cursor = CatalogQuery.encodeCursor(last);
                break;
            }
            write(json, entry);
        }
        json.writeEndArray();
        writeCursor(json, cursor);
        if (!sight.isFull()) {
            json.writeNumberField("hidden", hidden.count());
        }
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
        return query.values() && (!entry.secret() || (query.reveal() && showsSecret.test(entry.key())));
    }
}
