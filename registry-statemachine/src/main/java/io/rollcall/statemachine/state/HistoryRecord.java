package io.rollcall.statemachine.state;

/**
 * How much of the history is kept. What was is known at every instant from {@code fromMillis} on, and at every registry
 * index from {@code fromIndex} on: all events behind them are there.
 *
 * @param events how many are kept
 * @param bytes what they take, keys and values before compression
 * @param fromIndex registry index of the newest event that was forgotten, or at which the history began; 0
 *     if all is known
 * @param fromMillis its time, milliseconds since 1970 by the replicated clock
 */
public record HistoryRecord(long events, long bytes, long fromIndex, long fromMillis) {

    /** Of a registry in which nothing was ever registered: all is known from the beginning on. */
    public static final HistoryRecord EMPTY = new HistoryRecord(0, 0, 0, 0);

    /**
     * A history that begins.
     *
     * @param position the state that its first event changes
     * @param isBlank whether nothing was ever registered in it
     * @return a history without events
     */
    public static HistoryRecord beginningAt(AppliedPosition position, boolean isBlank) {
        return isBlank ? EMPTY : new HistoryRecord(0, 0, position.registryIndex(), position.clockMillis());
    }

    /**
     * An event came.
     *
     * @param size what it takes in bytes
     * @return a copy with it
     */
    public HistoryRecord plus(long size) {
        return new HistoryRecord(events + 1, bytes + size, fromIndex, fromMillis);
    }

    /**
     * An event takes another size, since it was sealed anew.
     *
     * @param size how much more in bytes; negative for less
     * @return a copy with it
     */
    public HistoryRecord grown(long size) {
        return new HistoryRecord(events, bytes + size, fromIndex, fromMillis);
    }

    /**
     * The oldest event went.
     *
     * @param oldest it
     * @return a copy without it
     */
    public HistoryRecord minus(EventMark oldest) {
        return new HistoryRecord(events - 1, bytes - oldest.bytes(), oldest.index(), oldest.timeMillis());
    }
}
