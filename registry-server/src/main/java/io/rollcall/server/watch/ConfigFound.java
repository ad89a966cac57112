package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.view.ConfigSnapshot;
import java.util.List;

/** What a look into the past of configuration found for a stream. */
sealed interface ConfigFound {

    /**
     * Where a stream begins, or begins anew.
     *
     * @param snapshot all there is
     * @param index the version of the keys that are followed
     */
    record Beginning(ConfigSnapshot snapshot, long index) implements ConfigFound {}

    /**
     * All changes between two indexes.
     *
     * @param after registry index behind which they are complete
     * @param told the index of the last change at or before that; 1 if there never was one
     * @param changes of the keys that are followed, in the order of their indexes
     * @param until registry index up to which they are complete
     */
    record Page(long after, long told, List<ConfigEntry> changes, long until) implements ConfigFound {

        /** Copies the list. */
        public Page {
            changes = List.copyOf(changes);
        }

        boolean covers(long index) {
            return after <= index && index < until;
        }

        /** The index of the last change at or before an index that is covered. */
        long toldAt(long index) {
            long last = told;
            for (ConfigEntry change : changes) {
                if (change.modifyIndex() > index) {
                    break;
                }
                last = change.modifyIndex();
            }
            return last;
        }
    }
}
