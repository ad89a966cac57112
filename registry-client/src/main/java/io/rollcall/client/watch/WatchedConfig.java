package io.rollcall.client.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The present keys of watched configuration, put together from the events of a watch. Thread-safe. */
public final class WatchedConfig {

    // Guarded by this. What is coming replaces what is present once it is whole.
    private NavigableMap<ConfigKey, ConfigEntry> present = new TreeMap<>();
    private NavigableMap<ConfigKey, ConfigEntry> coming = new TreeMap<>();
    private long index;

    /** Configuration of which nothing is known yet. */
    public WatchedConfig() {}

    /**
     * Takes the next event.
     *
     * @param event the next one of a watch
     * @throws IllegalStateException if it is a change that does not begin where this is: an event before it is missing
     */
    public synchronized void apply(ConfigWatchEvent event) {
        event.match(new ConfigWatchEvent.Cases<Void>() {
            @Override
            public Void snapshot(ConfigWatchEvent.Snapshot snapshot) {
                take(snapshot);
                return null;
            }

            @Override
            public Void change(ConfigWatchEvent.Change change) {
                take(change);
                return null;
            }

            @Override
            public Void sync(ConfigWatchEvent.Sync sync) {
                return null;
            }
        });
    }

    private void take(ConfigWatchEvent.Snapshot snapshot) {
        if (snapshot.isFirst()) {
            coming = new TreeMap<>();
        }
        snapshot.keys().forEach(entry -> coming.put(entry.key(), entry));
        if (snapshot.isLast()) {
            present = coming;
            coming = new TreeMap<>();
            index = snapshot.index();
        }
    }

    private void take(ConfigWatchEvent.Change change) {
        if (change.from() != index) {
            throw new IllegalStateException(
                    "the change begins at " + change.from() + ", and the keys are known up to " + index);
        }
        change.upserted().forEach(entry -> present.put(entry.key(), entry));
        change.removed().forEach(present::remove);
        index = change.to();
    }

    /**
     * Returns the newest version of a key.
     *
     * @param key which
     * @return empty if it is not there, or not watched
     */
    public synchronized Optional<ConfigEntry> entry(ConfigKey key) {
        return Optional.ofNullable(present.get(key));
    }

    /**
     * Returns the newest versions of all keys.
     *
     * @return sorted by key; a copy
     */
    public synchronized List<ConfigEntry> entries() {
        return List.copyOf(present.values());
    }

    /**
     * Returns how far the keys are known.
     *
     * @return registry index of the last change; 0 until all were told
     */
    public synchronized long index() {
        return index;
    }
}
