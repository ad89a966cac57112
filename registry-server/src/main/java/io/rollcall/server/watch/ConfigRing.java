package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.view.ConfigScope;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest changes of configuration, of all keys, shared by all who follow any. Confined to the hub's thread. */
final class ConfigRing {

    private final @Nullable ConfigEntry[] changes;
    private int first;
    private int size;
    private long base;

    /**
     * A ring without a change.
     *
     * @param capacity changes that it holds
     * @param base registry index behind which it is complete
     */
    ConfigRing(int capacity, long base) {
        this.changes = new ConfigEntry[capacity];
        this.base = base;
    }

    /** Forgets all, and begins at an index. */
    void restart(long newBase) {
        for (int i = 0; i < size; i++) {
            changes[(first + i) % changes.length] = null;
        }
        first = 0;
        size = 0;
        base = newBase;
    }

    void add(ConfigEntry change) {
        if (size == changes.length) {
            base = at(0).modifyIndex();
            first = (first + 1) % changes.length;
            size--;
        }
        changes[(first + size++) % changes.length] = change;
    }

    /** Whether all changes behind an index are known. */
    boolean reachesBackTo(long index) {
        return index >= base;
    }

    /** Visits the changes behind an index, oldest first, until the visitor has enough; false if it had. */
    boolean after(long index, Predicate<ConfigEntry> visitor) {
        for (int i = countUpTo(index); i < size; i++) {
            if (!visitor.test(at(i))) {
                return false;
            }
        }
        return true;
    }

    /** The last change of certain keys at or before an index; null if it is not known here. */
    @Nullable
    ConfigEntry lastUpTo(long index, ConfigScope scope) {
        for (int i = countUpTo(index) - 1; i >= 0; i--) {
            if (scope.holds(at(i).key())) {
                return at(i);
            }
        }
        return null;
    }

    private int countUpTo(long index) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) / 2;
            if (at(middle).modifyIndex() <= index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private ConfigEntry at(int i) {
        ConfigEntry change = changes[(first + i) % changes.length];
        if (change == null) {
            throw new IllegalStateException("no change at " + i + " of " + size);
        }
        return change;
    }
}
