package io.rollcall.statemachine.store;

import io.rollcall.statemachine.codec.StateCodec;
import io.rollcall.statemachine.codec.UndecodableException;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.store.StateDigest.Hasher;

/** An event as it is stored: under its service and index, and in the order of all events. */
final class EventRow {

    private final EventRecord event;
    private final byte[] service;
    private final long index;
    private final long timeMillis;
    private final byte[] key;
    private final byte[] value;

    private EventRow(EventRecord event) {
        this.event = event;
        this.service = Keys.service(event.key().service());
        this.index = event.index();
        this.timeMillis = event.timeMillis();
        this.key = Keys.event(service, index);
        this.value = StateCodec.EVENT.encode(event);
    }

    static EventRow of(EventRecord event) {
        return new EventRow(event);
    }

    static EventRecord decode(byte[] value) {
        try {
            return StateCodec.EVENT.decode(value);
        } catch (UndecodableException e) {
            throw new StoreException("an event of " + value.length + " bytes cannot be read", e);
        }
    }

    /** Its share of the history's size: both entries, before compression. */
    long bytes() {
        return key.length + value.length + Long.BYTES + EventOrder.FIXED_BYTES + (long) service.length;
    }

    EventRecord event() {
        return event;
    }

    StateDigest share(Hasher hasher) {
        return hasher.entry(ColumnFamily.EVENTS, key, value);
    }

    /** Adds both entries to a batch. */
    StateDigest writeTo(RocksDatabase.Batch batch, Hasher hasher) {
        StateDigest share = share(hasher);
        EventOrder order = new EventOrder(index, timeMillis, bytes(), share, service);
        batch.put(ColumnFamily.EVENTS, key, value);
        batch.put(ColumnFamily.EVENT_ORDER, order.key(), order.value());
        return share;
    }
}
