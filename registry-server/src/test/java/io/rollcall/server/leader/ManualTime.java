package io.rollcall.server.leader;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Two clocks that a test moves: a monotonic one and one on the wall. */
final class ManualTime implements LongSupplier, InstantSource {

    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

    private long nanos;

    @Override
    public long getAsLong() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return ORIGIN.plusNanos(nanos);
    }

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
