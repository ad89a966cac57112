package io.rollcall.chaos.watch;

import java.util.Map;
import java.util.Set;

/** What one event says. */
public sealed interface Frame {

    /**
     * All of a service.
     *
     * @param service which
     * @param index its version
     * @param instances by id
     */
    record Snapshot(String service, long index, Map<String, Held> instances) implements Frame {

        /** Copies the map. */
        public Snapshot {
            instances = Map.copyOf(instances);
        }
    }

    /**
     * What became different.
     *
     * @param service of which service
     * @param from the version before
     * @param to the version after
     * @param upserted what is new or other, by id
     * @param removed ids of what is no more
     */
    record Change(String service, long from, long to, Map<String, Held> upserted, Set<String> removed)
            implements Frame {

        /** Copies the collections. */
        public Change {
            upserted = Map.copyOf(upserted);
            removed = Set.copyOf(removed);
        }
    }

    /**
     * What a blocking read was answered: all of a service, once more.
     *
     * @param service which
     * @param index its version
     * @param instances by id
     * @param woken whether the answer came before the end of the wait
     */
    record Answer(String service, long index, Map<String, Held> instances, boolean woken) implements Frame {

        /** Copies the map. */
        public Answer {
            instances = Map.copyOf(instances);
        }
    }

    /**
     * A sign of life, and the promise that nothing up to an index is missing.
     *
     * @param index the newest
     */
    record Sync(long index) implements Frame {}
}
