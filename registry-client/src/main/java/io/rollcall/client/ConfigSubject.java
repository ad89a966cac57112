package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.wire.ConfigReader;
import io.rollcall.client.watch.ConfigWatchEvent;
import io.rollcall.client.watch.ConfigWatchListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch of configuration: each change begins where the one before ended, over all streams. */
final class ConfigSubject implements WatchSubject {

    private final Namespace namespace;
    private final ConfigWatchListener listener;
    // Where the last event ended; null until all keys are known.
    private @Nullable Long known;
    private @Nullable Long snapshotIndex;
    private long highest;

    ConfigSubject(Namespace namespace, ConfigWatchListener listener) {
        this.namespace = namespace;
        this.listener = listener;
    }

    @Override
    public void resumed() {
        snapshotIndex = null;
    }

    @Override
    public void restarted() {
        snapshotIndex = null;
        known = null;
    }

    @Override
    public void take(String name, JsonNode data, ToldEvents told) throws GapException {
        switch (name) {
            case "config-snapshot" -> snapshot(data, told);
            case "config-change" -> change(data, told);
            case "sync" -> {
                long index = EventFields.index(data, "index");
                highest = Math.max(highest, index);
                tell(new ConfigWatchEvent.Sync(index, data), told);
            }
            default -> {
                // Of a newer registry.
            }
        }
    }

    private void snapshot(JsonNode data, ToldEvents told) throws GapException {
        long index = EventFields.index(data, "index");
        boolean isFirst = snapshotIndex == null;
        boolean isLast = !data.path("more").asBoolean();
        if (snapshotIndex != null && snapshotIndex != index) {
            throw new GapException("a part of the keys at " + index + " follows one of them at " + snapshotIndex);
        }
        List<ConfigEntry> keys = EventFields.list(data, "keys", ConfigReader::read);
        known = isLast ? index : null;
        snapshotIndex = isLast ? null : index;
        highest = Math.max(highest, index);
        tell(new ConfigWatchEvent.Snapshot(index, keys, isFirst, isLast, data), told);
    }

    private void change(JsonNode data, ToldEvents told) throws GapException {
        long from = EventFields.index(data, "from");
        long to = EventFields.index(data, "to");
        Long at = known;
        if (at == null || at != from || to <= from) {
            throw new GapException("a change leads from " + from + " to " + to + ", and the keys are known "
                    + (at == null ? "not at all" : "up to " + at));
        }
        ConfigWatchEvent.Change change = new ConfigWatchEvent.Change(
                from,
                to,
                EventFields.list(data, "upserted", ConfigReader::read),
                EventFields.list(data, "removed", key -> new ConfigKey(namespace, key.asText())),
                data.has("deletions") ? EventFields.list(data, "deletions", ConfigReader::read) : List.of(),
                data);
        known = to;
        highest = Math.max(highest, to);
        tell(change, told);
    }

    private void tell(ConfigWatchEvent event, ToldEvents told) {
        listener.onEvent(event);
        told.add(event instanceof ConfigWatchEvent.Snapshot);
    }

    @Override
    public void knownUpTo(long index, ToldEvents told) {
        // Each event says all that it knows.
    }

    @Override
    public boolean isWhole() {
        return snapshotIndex == null && known != null;
    }

    @Override
    public long highest() {
        return highest;
    }

    @Override
    public void forgetHighest() {
        highest = 0;
    }
}
