package io.rollcall.statemachine.store;

import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.store.StateDigest.Hasher;
import java.util.ArrayList;
import java.util.List;

/**
 * What one transaction adds to the history and takes from it. Events are never replaced, so that nothing is looked up as
 * they are written. For one thread.
 */
final class EventLog {

    private final RocksDatabase database;
    private final AppliedPosition before;
    private final TableOverlay<String, HistoryRecord> totals;
    private final List<EventRow> added = new ArrayList<>();
    private final List<EventOrder> removed = new ArrayList<>();

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
        return oldestRows(limit).stream().map(EventOrder::mark).toList();
    }

    private List<EventOrder> oldestRows(int limit) {
        return EventOrder.oldest(database, history().fromIndex(), limit);
    }

    void add(EventRecord event) {
        EventRow row = EventRow.of(event);
        added.add(row);
        totals.put(Table.HISTORY_KEY, history().plus(row.bytes()));
    }

    void removeOldest(int count) {
        List<EventOrder> oldest = oldestRows(count);
        if (oldest.size() < count) {
            throw new IllegalStateException("the history has " + oldest.size() + " events, not " + count);
        }
        HistoryRecord left = history();
        for (EventOrder row : oldest) {
            left = left.minus(row.mark());
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
        for (EventOrder row : removed) {
            batch.delete(ColumnFamily.EVENTS, row.eventKey());
            batch.delete(ColumnFamily.EVENT_ORDER, row.key());
            change = change.minus(row.share());
        }
        return change;
    }
}
