package io.rollcall.statemachine.state;

/**
 * What is known of an event without reading it.
 *
 * @param index registry index of the change
 * @param timeMillis when, milliseconds since 1970 by the replicated clock
 * @param bytes its share of {@link HistoryRecord#bytes}
 */
public record EventMark(long index, long timeMillis, long bytes) {}
