package io.rollcall.statemachine.store;

import io.rollcall.statemachine.store.StateDigest.Hasher;
import io.rollcall.statemachine.store.Table.TimeIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction has read and written of a table. Each key is read once, and only its last value is encoded and
 * written, however often the commands of the entry change it. For one thread.
 *
 * @param <K> the table's keys
 * @param <V> the table's values
 */
final class TableOverlay<K, V> {

    private final RocksDatabase database;
    private final Table<K, V> table;
    private final byte[] firstTime;
    private final Map<K, Slot<V>> slots = new HashMap<>();

    /** What the last search by time went over in the store, oldest first. */
    private final List<Dated<K>> searched = new ArrayList<>();

    /** What came behind them: an entry's key, or the last of all keys if nothing did; null if there was no search. */
    private byte @Nullable [] searchEnd;

    private byte @Nullable [] earliestWritten;

    /** A key and the time that it has in the index. */
    private record Dated<K>(K key, long millis) {}

    /** What the store holds of a key: its time in the index, if there is one, and its share of the state hash. */
    private record Old(long millis, StateDigest share) {}

    /** One key of the table. */
    private static final class Slot<V> {
        private final byte[] key;
        private @Nullable V value;
        private boolean isChanged;
        private boolean isLoaded;
        private byte @Nullable [] stored;
        private @Nullable Old indexed;

        private Slot(byte[] key) {
            this.key = key;
        }
    }

    /**
     * An overlay without changes.
     *
     * @param firstTime a key before which the index by time holds nothing
     */
    TableOverlay(RocksDatabase database, Table<K, V> table, byte[] firstTime) {
        this.database = database;
        this.table = table;
        this.firstTime = firstTime;
    }

    @Nullable
    V get(K key) {
        Slot<V> slot = slot(key);
        if (!slot.isChanged && !slot.isLoaded) {
            byte[] stored = load(slot);
            slot.value = stored == null ? null : table.decode(slot.key, stored);
        }
        return slot.value;
    }

    void put(K key, V value) {
        Slot<V> slot = slot(key);
        slot.value = value;
        slot.isChanged = true;
    }

    void remove(K key) {
        Slot<V> slot = slot(key);
        slot.value = null;
        slot.isChanged = true;
    }

    /** The keys of records older than a time, oldest first. */
    List<K> before(long beforeMillis, int limit) {
        TimeIndex<K, V> index = table.requireIndex();
        List<Dated<K>> results = new ArrayList<>();
        if (Keys.millisOf(firstTime) < beforeMillis) {
            search(index, beforeMillis, limit, results);
        }
        slots.forEach((key, slot) -> {
            V value = slot.value;
            if (slot.isChanged && value != null && millisOf(value) < beforeMillis) {
                results.add(new Dated<>(key, millisOf(value)));
            }
        });
        return results.stream()
                .sorted(Comparator.<Dated<K>>comparingLong(Dated::millis)
                        .thenComparing(dated -> slot(dated.key).key, Arrays::compareUnsigned))
                .limit(limit)
                .map(Dated::key)
                .toList();
    }

    private void search(TimeIndex<K, V> index, long beforeMillis, int limit, List<Dated<K>> results) {
        searched.clear();
        searchEnd = Keys.LAST_TIME;
        database.scan(index.family(), firstTime, (entry, share) -> {
            if (Keys.millisOf(entry) >= beforeMillis || results.size() >= limit) {
                searchEnd = entry;
                return false;
            }
            byte[] bytes = Keys.keyOf(entry);
            Dated<K> dated = new Dated<>(index.parse().apply(bytes), Keys.millisOf(entry));
            searched.add(dated);
            Slot<V> slot = slots.computeIfAbsent(dated.key, key -> new Slot<>(bytes));
            if (!slot.isChanged) {
                slot.indexed = new Old(dated.millis, StateDigest.read(ByteBuffer.wrap(share)));
                results.add(dated);
            }
            return true;
        });
    }

    /**
     * Adds all writes to a batch.
     *
     * @return the sum of what came into the table less what went
     */
    StateDigest writeTo(RocksDatabase.Batch batch, Hasher hasher) {
        StateDigest change = StateDigest.EMPTY;
        for (Slot<V> slot : slots.values()) {
            if (slot.isChanged) {
                change = change.plus(write(slot, batch, hasher));
            }
        }
        return change;
    }

    /** A key before which the index by time holds nothing once the batch is written. */
    byte[] firstTimeAfter() {
        byte[] first = firstTimeLeft();
        byte[] earliest = earliestWritten;
        return earliest != null && Arrays.compareUnsigned(earliest, first) < 0 ? earliest : first;
    }

    private byte[] firstTimeLeft() {
        byte[] first = firstTime;
        for (Dated<K> dated : searched) {
            Slot<V> slot = slot(dated.key);
            V value = slot.value;
            if (!slot.isChanged || (value != null && millisOf(value) == dated.millis)) {
                return first;
            }
            first = Keys.after(Keys.timed(dated.millis, slot.key));
        }
        return searchEnd == null ? first : searchEnd;
    }

    private StateDigest write(Slot<V> slot, RocksDatabase.Batch batch, Hasher hasher) {
        Old old = old(slot, hasher);
        StateDigest gone = old == null ? StateDigest.EMPTY : old.share;
        V value = slot.value;
        if (value == null) {
            if (old != null) {
                batch.delete(table.family(), slot.key);
                unindex(slot, old, batch);
            }
            return StateDigest.EMPTY.minus(gone);
        }
        byte[] bytes = table.codec().encode(value);
        StateDigest share = hasher.entry(table.family(), slot.key, bytes);
        batch.put(table.family(), slot.key, bytes);
        TimeIndex<K, V> index = table.index();
        if (index != null) {
            if (old != null && old.millis != millisOf(value)) {
                unindex(slot, old, batch);
            }
            byte[] entry = Keys.timed(millisOf(value), slot.key);
            batch.put(index.family(), entry, share.bytes());
            if (earliestWritten == null || Arrays.compareUnsigned(entry, earliestWritten) < 0) {
                earliestWritten = entry;
            }
        }
        return share.minus(gone);
    }

    private void unindex(Slot<V> slot, Old old, RocksDatabase.Batch batch) {
        TimeIndex<K, V> index = table.index();
        if (index != null) {
            batch.delete(index.family(), Keys.timed(old.millis, slot.key));
        }
    }

    private @Nullable Old old(Slot<V> slot, Hasher hasher) {
        if (slot.indexed != null) {
            return slot.indexed;
        }
        byte[] stored = load(slot);
        if (stored == null) {
            return null;
        }
        long millis = table.index() == null ? 0 : millisOf(table.decode(slot.key, stored));
        return new Old(millis, hasher.entry(table.family(), slot.key, stored));
    }

    private byte @Nullable [] load(Slot<V> slot) {
        if (!slot.isLoaded) {
            slot.stored = database.get(table.family(), slot.key);
            slot.isLoaded = true;
        }
        return slot.stored;
    }

    private Slot<V> slot(K key) {
        return slots.computeIfAbsent(key, absent -> new Slot<>(table.toBytes().apply(absent)));
    }

    private long millisOf(V value) {
        return table.requireIndex().millisOf().applyAsLong(value);
    }
}
