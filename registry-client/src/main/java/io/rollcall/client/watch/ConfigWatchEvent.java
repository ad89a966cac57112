package io.rollcall.client.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import java.util.List;

/**
 * One event of a watch of configuration. First come snapshots, which together hold all keys; then each change of a key,
 * once, in order, and each begins at the index that the event before it ended at. Values are in none of them.
 */
public sealed interface ConfigWatchEvent {

    /**
     * Returns the event's data as the registry sent it, with the fields that this version does not know.
     *
     * @return an object
     */
    JsonNode json();

    /**
     * A part of all keys that begin alike.
     *
     * @param index registry index of their last change; the same in all parts
     * @param keys immutable, sorted by key; behind those of the part before
     * @param isFirst whether it is the first part, which replaces all that was told before
     * @param isLast whether it is the last part
     * @param json the data as sent
     */
    record Snapshot(long index, List<ConfigEntry> keys, boolean isFirst, boolean isLast, JsonNode json)
            implements ConfigWatchEvent {

        /** Copies the list. */
        public Snapshot {
            keys = List.copyOf(keys);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.snapshot(this);
        }
    }

    /**
     * What became of a key.
     *
     * @param from registry index of the change before, or of the snapshot
     * @param to registry index of this change
     * @param upserted the new version of the key, unless it was deleted; immutable
     * @param removed the key, if it was deleted; immutable
     * @param deletions the version that its deletion is, if it was deleted; immutable
     * @param json the data as sent
     */
    record Change(
            long from,
            long to,
            List<ConfigEntry> upserted,
            List<ConfigKey> removed,
            List<ConfigEntry> deletions,
            JsonNode json)
            implements ConfigWatchEvent {

        /** Copies the lists. */
        public Change {
            upserted = List.copyOf(upserted);
            removed = List.copyOf(removed);
            deletions = List.copyOf(deletions);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.change(this);
        }
    }

    /**
     * Nothing more happened up to this index.
     *
     * @param index registry index up to which all watched keys are known
     * @param json the data as sent
     */
    record Sync(long index, JsonNode json) implements ConfigWatchEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.sync(this);
        }
    }

    /**
     * One function for each event.
     *
     * @param <R> what they return
     */
    interface Cases<R> {

        /**
         * Keys as they are.
         *
         * @param snapshot the event
         * @return the result
         */
        R snapshot(Snapshot snapshot);

        /**
         * What became of a key.
         *
         * @param change the event
         * @return the result
         */
        R change(Change change);

        /**
         * How far all is known.
         *
         * @param sync the event
         * @return the result
         */
        R sync(Sync sync);
    }

    /**
     * Runs the function for this event.
     *
     * @param cases one for each
     * @param <R> what they return
     * @return the result
     */
    <R> R match(Cases<R> cases);
}
