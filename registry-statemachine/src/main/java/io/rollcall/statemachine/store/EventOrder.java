package io.rollcall.statemachine.store;

import io.rollcall.statemachine.state.EventMark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry in the order of all events: what has to be known of an event to forget it without reading it, or to find an
 * instant among the indexes.
 */
final class EventOrder {

    /** Length of its value but for the service. */
    static final int FIXED_BYTES = 2 * Long.BYTES + StateDigest.BYTES;

    private final EventMark mark;
    private final StateDigest share;
    private final byte[] service;

    EventOrder(long index, long timeMillis, long bytes, StateDigest share, byte[] service) {
        this.mark = new EventMark(index, timeMillis, bytes);
        this.share = share;
        this.service = service;
    }

    EventMark mark() {
        return mark;
    }

    /** Its event's share of the state hash. */
    StateDigest share() {
        return share;
    }

    byte[] key() {
        return Keys.index(mark.index());
    }

    byte[] eventKey() {
        return Keys.event(service, mark.index());
    }

    byte[] value() {
        return ByteBuffer.allocate(FIXED_BYTES + service.length)
                .putLong(mark.timeMillis())
                .putLong(mark.bytes())
                .put(share.bytes())
                .put(service)
                .array();
    }

    static EventOrder read(byte[] key, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long timeMillis = in.getLong();
        long bytes = in.getLong();
        StateDigest share = StateDigest.read(in);
        byte[] service = new byte[in.remaining()];
        in.get(service);
        return new EventOrder(ByteBuffer.wrap(key).getLong(), timeMillis, bytes, share, service);
    }

    /** The oldest that are committed. The search begins behind what was forgotten: it would go over its traces. */
    static List<EventOrder> oldest(RocksDatabase database, long fromIndex, int limit) {
        List<EventOrder> oldest = new ArrayList<>();
        database.scan(
                ColumnFamily.EVENT_ORDER,
                Keys.index(fromIndex + 1),
                (key, value) -> oldest.size() < limit && oldest.add(read(key, value)));
        return oldest;
    }
}
