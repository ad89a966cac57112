package io.rollcall.client.balance;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Clocks that stand until they are moved. */
final class ManualTime implements Time {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    // Near the end of the range, as nanoTime may be.
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(7).toNanos());
    private volatile Instant wall = START;

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long wallMillis() {
        return wall.toEpochMilli();
    }

    /** What the registry's clock shows, whatever this machine's does. */
    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        wall = wall.plus(duration);
    }

    void setWall(Instant value) {
        wall = value;
    }
}
