package io.rollcall.server.leader;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lease that the leader counts down: soft state, rebuilt by each new leader. There are as many as there are instances, so
 * the fields are few and plain. Times are those of {@link LeaseClock}. Guarded by the lock of the table.
 */
final class Lease {

    private static final int NANOS_OF_MILLI = 1_000_000;

    /** Where a lease stands. */
    enum Phase {
        /** Beats in its own rhythm. */
        HEALTHY,
        /** Has missed a beat by its own rhythm. */
        LATE,
        /** Overdue, and held back by the governor. */
        HELD,
        /** Overdue, and on its way into the log: a beat waits for what comes of it. */
        EXPIRING,
        /** Lapsed, as the log says; a beat revives it. */
        LAPSED,
        /** Not in the table any more. */
        GONE
    }

    final ServiceLeases service;
    final String id;
    final long incarnation;
    final int ttlMillis;

    Phase phase = Phase.HEALTHY;
    long lastBeatNanos;
    long dueNanos;
    /** The usual time between its beats, as observed; 0 before the second beat. */
    int rhythmMillis;
    /** Whether {@link #lastBeatNanos} is a beat that this leader heard. */
    boolean beaten;
    /** Whether a stored mark says that it is silent: a beat must take that back before it is acknowledged. */
    boolean silenceMarked;
    /** Whether the instance carries the flag {@code suspect}, or soon will. */
    boolean suspect;
    /** When a mark of it was last written, in seconds of the clock. */
    int markedAtSeconds;

    // The wheel's own: the next lease of the same slot, and whether this one is in a slot.
    @Nullable
    Lease next;

    boolean inWheel;

    Lease(ServiceLeases service, String id, long incarnation, int ttlMillis) {
        this.service = service;
        this.id = id;
        this.incarnation = incarnation;
        this.ttlMillis = ttlMillis;
    }

    long ttlNanos() {
        return (long) ttlMillis * NANOS_OF_MILLI;
    }

    /** The time at which it counts as late: it has missed a beat by its own rhythm. */
    long lateAtNanos() {
        long patience = rhythmMillis == 0 ? ttlNanos() / 2 : rhythmMillis * (long) NANOS_OF_MILLI * 3 / 2;
        return dueNanos - ttlNanos() + Math.min(ttlNanos(), Math.max(ttlNanos() / 2, patience));
    }

    void beat(long nowNanos) {
        if (beaten) {
            // A mean that forgets: one beat that came by a detour does not change it much.
            long gapMillis = Math.min((nowNanos - lastBeatNanos) / NANOS_OF_MILLI, ttlMillis);
            rhythmMillis = (int) (rhythmMillis == 0 ? gapMillis : (3L * rhythmMillis + gapMillis) / 4);
        }
        beaten = true;
        lastBeatNanos = nowNanos;
        dueNanos = nowNanos + ttlNanos();
    }

    long silentMillis(long nowNanos) {
        return Duration.ofNanos(Math.max(0, nowNanos - lastBeatNanos)).toMillis();
    }
}
