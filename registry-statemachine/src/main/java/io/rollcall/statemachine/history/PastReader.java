package io.rollcall.statemachine.history;

import java.util.function.Function;

/**
 * The way to the past. Reads go to the disk and may take seconds: they are for threads that may wait. Thread-safe.
 */
public interface PastReader {

    /**
     * Runs reads that all see the store as it is at the call.
     *
     * @param reads on the caller's thread; the past must not leave them
     * @param <R> what they return
     * @return what they returned
     * @throws PastUnavailableException if the store is not open, at start or while a snapshot is installed; ask again, or
     *     another node
     */
    <R> R read(Function<Past, R> reads);
}
