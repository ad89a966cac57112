package io.rollcall.client.balance;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * How long ago the registry dated something, without much trust in the clock of this machine.
 *
 * <p>The newest date that any list has shown, carried on by the monotonic clock, is never ahead of the registry's time: so
 * ages are at least the difference to it. For what comes up in a later list that is close, as such a list brings a new
 * date. The first list may be days old in all its dates; there the wall clock is heard too, and the older age believed:
 * a clock that is wrong by hours makes a caller that starts miss a slow start, or see one where none is, and no more.
 *
 * <p>Not thread-safe.
 */
final class Ages {

    private static final long NANOS_OF_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    // Beyond it all is old, and nanoseconds would not hold it.
    private static final long AGE_MAX_MILLIS = TimeUnit.DAYS.toMillis(365);

    private final Time time;
    private final long originNanos;
    private boolean anyHeard;
    private long aheadOfMonotonicMillis;
    private boolean isFirstList = true;

    Ages(Time time) {
        this.time = time;
        this.originNanos = time.nanos();
    }

    /** A date out of a list that came now. */
    void heard(Instant date, long nowNanos) {
        long ahead = date.toEpochMilli() - monotonicMillis(nowNanos);
        if (!anyHeard || ahead > aheadOfMonotonicMillis) {
            aheadOfMonotonicMillis = ahead;
            anyHeard = true;
        }
    }

    /** All dates of the first list have been asked for. */
    void firstListEnded() {
        isFirstList = false;
    }

    /** The age of a date that was heard; 0 or more. */
    long ageNanos(Instant date, long nowNanos) {
        long age = monotonicMillis(nowNanos) + aheadOfMonotonicMillis - date.toEpochMilli();
        if (isFirstList) {
            age = Math.max(age, time.wallMillis() - date.toEpochMilli());
        }
        return Math.max(0, Math.min(age, AGE_MAX_MILLIS)) * NANOS_OF_MILLI;
    }

    private long monotonicMillis(long nowNanos) {
        return (nowNanos - originNanos) / NANOS_OF_MILLI;
    }
}
