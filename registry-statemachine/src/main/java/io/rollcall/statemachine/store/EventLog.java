package io.rollcall.statemachine.store;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.store.StateDigest.Hasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction adds to the history and takes from it. Events are replaced by new seals alone, so that nothing is
 * looked up as they are written. For one thread.
 */
final class EventLog {

    private final RocksDatabase database;
    private final AppliedPosition before;
    private final TableOverlay<String, HistoryRecord> totals;
    private final List<EventRow> added = new ArrayList<>();
    private final List<EventOrder> removed = new ArrayList<>();
    private final Map<Long, Replacement> replaced = new TreeMap<>();

    /** A committed event as it is stored, and what takes its place. */
    private record Replacement(EventOrder before, EventRow after) {}

    EventLog(RocksDatabase database, AppliedPosition before) {
        this.database = database;
        this.before = before;
        this.totals = new TableOverlay<>(database, Table.HISTORY, Keys.FIRST);
    }

    HistoryRecord history() {
        HistoryRecord present = totals.get(Table.HISTORY_KEY);
        return present == null ? beginning(database, before) : present;
    }

    /** A store of before there was a history has services and no record of it. */
    static HistoryRecord beginning(RocksDatabase database, AppliedPosition position) {
        boolean[] isBlank = {true};
        database.scan(ColumnFamily.SERVICES, Keys.FIRST, (key, value) -> isBlank[0] = false);
        return HistoryRecord.beginningAt(position, isBlank[0]);
    }

    List<EventMark> oldest(int limit) {
        return oldestRows(limit).stream().map(row -> mark(row.mark())).toList();
    }

    private EventMark mark(EventMark committed) {
        Replacement replacement = replaced.get(committed.index());
        return replacement == null
                ? committed
                : new EventMark(committed.index(), committed.timeMillis(), replacement.after.bytes());
    }

    private List<EventOrder> oldestRows(int limit) {
        return EventOrder.oldest(database, history().fromIndex(), limit);
    }

    void add(EventRecord event) {
        EventRow row = EventRow.of(event);
        added.add(row);
        totals.put(Table.HISTORY_KEY, history().plus(row.bytes()));
    }

    /** An event that is committed, or what took its place; null if it went. */
    @Nullable
    EventRecord find(ServiceKey service, long index) {
        Replacement replacement = replaced.get(index);
        if (replacement != null) {
            return replacement.after.event();
        }
        byte[] stored = index <= history().fromIndex()
                ? null
                : database.get(ColumnFamily.EVENTS, Keys.event(Keys.service(service), index));
        return stored == null ? null : EventRow.decode(stored);
    }

    void replace(EventRecord event) {
        Replacement earlier = replaced.get(event.index());
        EventOrder before = earlier == null ? order(event.index()) : earlier.before;
        EventRow after = EventRow.of(event);
        replaced.put(event.index(), new Replacement(before, after));
        long present = earlier == null ? before.mark().bytes() : earlier.after.bytes();
        totals.put(Table.HISTORY_KEY, history().grown(after.bytes() - present));
    }

    private EventOrder order(long index) {
        byte[] key = Keys.index(index);
        byte[] value = database.get(ColumnFamily.EVENT_ORDER, key);
        if (value == null) {
            throw new IllegalStateException("the history has no event " + index);
        }
        return EventOrder.read(key, value);
    }

    void removeOldest(int count) {
        List<EventOrder> oldest = oldestRows(count);
        if (oldest.size() < count) {
            throw new IllegalStateException("the history has " + oldest.size() + " events, not " + count);
        }
        HistoryRecord left = history();
        for (EventOrder row : oldest) {
            left = left.minus(mark(row.mark()));
            // What would have taken its place is not written, so its share of the state hash is that of before.
            replaced.remove(row.mark().index());
            removed.add(row);
        }
        totals.put(Table.HISTORY_KEY, left);
    }

    /**
     * Adds all writes to a batch.
     *
     * @return the sum of what came less what went
     */
    StateDigest writeTo(RocksDatabase.Batch batch, Hasher hasher) {
        StateDigest change = totals.writeTo(batch, hasher);
        for (EventRow row : added) {
            change = change.plus(row.writeTo(batch, hasher));
        }
        for (Replacement replacement : replaced.values()) {
            change = change.plus(replacement.after.writeTo(batch, hasher)).minus(replacement.before.share());
        }
        for (EventOrder row : removed) {
            batch.delete(ColumnFamily.EVENTS, row.eventKey());
            batch.delete(ColumnFamily.EVENT_ORDER, row.key());
            change = change.minus(row.share());
        }
        return change;
    }
}
