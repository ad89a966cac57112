package io.rollcall.statemachine.store;

import io.rollcall.statemachine.codec.EventPrefix;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import java.util.function.UnaryOperator;

/** An event as a search comes across it: not decoded until it is wanted. */
public final class StoredEvent {

    private final long index;
    private final byte[] value;
    private final UnaryOperator<InstanceRecord> opener;

    StoredEvent(long index, byte[] value) {
        this(index, value, UnaryOperator.identity());
    }

    private StoredEvent(long index, byte[] value, UnaryOperator<InstanceRecord> opener) {
        this.index = index;
        this.value = value;
        this.opener = opener;
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
     * Returns the same event for readers who see what is sealed.
     *
     * @param opener takes what was before, as stored
     * @return a copy
     */
    public StoredEvent opened(UnaryOperator<InstanceRecord> opener) {
        return new StoredEvent(index, value, opener);
    }

    /**
     * Decodes it.
     *
     * @return the event
     */
    public EventRecord event() {
        EventRecord event = EventRow.decode(value);
        InstanceRecord before = event.before();
        return before == null ? event : event.withBefore(opener.apply(before));
    }
}
