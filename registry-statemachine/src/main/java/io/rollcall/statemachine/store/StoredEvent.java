package io.rollcall.statemachine.store;

import io.rollcall.statemachine.codec.EventPrefix;
import io.rollcall.statemachine.state.EventRecord;

/** An event as a search comes across it: not decoded until it is wanted. */
public final class StoredEvent {

    private final long index;
    private final byte[] value;

    StoredEvent(long index, byte[] value) {
        this.index = index;
        this.value = value;
    }

    /**
     * Returns the registry index of the change.
     *
     * @return 1 or more
     */
    public long index() {
        return index;
    }

    /**
     * Tells whether it is an event of an instance.
     *
     * @param instance the begin of its events
     * @return whether it is
     */
    public boolean isOf(EventPrefix instance) {
        return instance.matches(value);
    }

    /**
     * Decodes it.
     *
     * @return the event
     */
    public EventRecord event() {
        return EventRow.decode(value);
    }
}
