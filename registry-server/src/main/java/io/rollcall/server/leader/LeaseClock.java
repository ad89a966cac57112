package io.rollcall.server.leader;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monotonic time that stands still while this process does. While it was stopped no heartbeat could reach it, so that
 * time must not count against anybody's lease. Not thread-safe.
 */
final class LeaseClock {

    /** The longest that the clock is left unread while the process runs; a longer gap is a pause. */
    static final Duration MAX_GAP = Duration.ofMillis(600);

    /** What a gap keeps of itself: the time that passes between two readings anyway. */
    private static final long USUAL_GAP_NANOS = Duration.ofMillis(100).toNanos();

    /** The longest that a lease of any length is given to be heard again after a pause. */
    private static final long LONGEST_DOUBT_NANOS = Duration.ofSeconds(30).toNanos();

    /** A doubt that goes on is logged once; one that comes back after so long, again. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(LeaseClock.class);

    private final LongSupplier monotonicNanos;
    private long lastReadNanos;
    private long pausedNanos;
    private long doubtedAtNanos;
    private boolean doubted;
    private int pauses;

    LeaseClock(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
        this.lastReadNanos = monotonicNanos.getAsLong();
    }

    /** The time in nanoseconds, from an origin of its own. */
    long nanos() {
        long read = monotonicNanos.getAsLong();
        long gap = read - lastReadNanos;
        lastReadNanos = Math.max(lastReadNanos, read);
        if (gap > MAX_GAP.toNanos()) {
            pausedNanos += gap - USUAL_GAP_NANOS;
            pauses++;
            doubt(
                    read - pausedNanos,
                    "this process stood still for " + Duration.ofNanos(gap).toMillis() + " ms");
        }
        return read - pausedNanos;
    }

    /**
     * Says that beats may not have been heard up to now: those who sent them are given the time to do it again.
     *
     * @param why for the operator
     */
    void doubt(String why) {
        doubt(nanos(), why);
    }

    private void doubt(long nowNanos, String why) {
        if (!doubted || nowNanos - doubtedAtNanos > QUIET_NANOS) {
            LOG.atWarn().addKeyValue("why", why).log("beats may have been missed: leases get more time");
        }
        doubted = true;
        doubtedAtNanos = nowNanos;
    }

    /** The earliest time at which a silence of a lease of this length says anything. */
    long trustedFromNanos(long ttlNanos) {
        return doubted ? doubtedAtNanos + Math.min(ttlNanos / 2, LONGEST_DOUBT_NANOS) : Long.MIN_VALUE;
    }

    /** How often this process was found to have stood still. */
    int pauses() {
        return pauses;
    }
}
