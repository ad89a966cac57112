package io.rollcall.client;

import java.util.concurrent.atomic.AtomicLong;

/** How far the writes of one client have come, and that its reads see them. Thread-safe. */
final class OwnWrites {

    private final boolean readYourWrites;
    private final AtomicLong highest = new AtomicLong();

    OwnWrites(boolean readYourWrites) {
        this.readYourWrites = readYourWrites;
    }

    long highest() {
        return highest.get();
    }

    /** Notes how a write ended. */
    <T> Outcome<T> noted(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            highest.accumulateAndGet(done.index(), Math::max);
        }
        return outcome;
    }

    /** The same read, of a state that holds the client's own writes. */
    ReadOptions seenBy(ReadOptions options) {
        boolean waits = readYourWrites && options.consistency() == Consistency.STALE;
        return waits ? options.withMinIndex(Math.max(options.minIndex(), highest.get())) : options;
    }
}
