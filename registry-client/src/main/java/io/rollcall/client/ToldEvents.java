package io.rollcall.client;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what a listener was told. Thread-safe. */
final class ToldEvents {

    private final AtomicLong events = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();

    void add(boolean isSnapshot) {
        events.incrementAndGet();
        if (isSnapshot) {
            snapshots.incrementAndGet();
        }
    }

    long events() {
        return events.get();
    }

    long snapshots() {
        return snapshots.get();
    }
}
