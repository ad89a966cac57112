package io.rollcall.client.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import java.util.List;

/**
 * One event of a watch. For each service the first is a snapshot, and each change begins at the index that the event
 * before it ended at; another snapshot in between replaces all that was told of its service.
 */
public sealed interface WatchEvent {

    /**
     * Returns the event's data as the registry sent it, with the fields that this version does not know.
     *
     * @return an object
     */
    JsonNode json();

    /**
     * All selected instances of a service.
     *
     * @param service whose
     * @param index registry index up to which they are known
     * @param instances immutable, sorted by id
     * @param json the data as sent
     */
    record Snapshot(ServiceKey service, long index, List<Instance> instances, JsonNode json) implements WatchEvent {

        /** Copies the list. */
        public Snapshot {
            instances = List.copyOf(instances);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.snapshot(this);
        }
    }

    /**
     * What became of a service. Changes of a burst may be merged into one.
     *
     * @param service whose
     * @param from registry index of the event before
     * @param to registry index up to which it is known now
     * @param upserted the instances that came or changed, as they are now; immutable
     * @param removed those that went or are not selected any more, also such as were never told of; immutable
     * @param json the data as sent
     */
    record Change(
            ServiceKey service, long from, long to, List<Instance> upserted, List<InstanceId> removed, JsonNode json)
            implements WatchEvent {

        /** Copies the lists. */
        public Change {
            upserted = List.copyOf(upserted);
            removed = List.copyOf(removed);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.change(this);
        }
    }

    /**
     * Nothing more happened up to this index.
     *
     * @param index registry index up to which all watched services are known
     * @param json the data as sent
     */
    record Sync(long index, JsonNode json) implements WatchEvent {
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
         * A service as it is.
         *
         * @param snapshot the event
         * @return the result
         */
        R snapshot(Snapshot snapshot);

        /**
         * What became of a service.
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
