package io.rollcall.statemachine.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A moment at which a crash is most likely to do harm. A test arms one of them by the system property {@value #PROPERTY},
 * such as {@code apply-after-batch:20}: the process dies without any cleaning up when it comes there for the twentieth time.
 * In production none is armed, and the compiler leaves nothing of the calls.
 */
public enum CrashPoint {
    /** The leader has gathered an entry, and Ratis does not have it yet. */
    PROPOSE_BEFORE_APPEND,
    /** Entries are written to the log file, and not yet on disk. */
    LOG_BEFORE_FLUSH,
    /** A follower has entries on disk, and the leader does not know. */
    LOG_BEFORE_ACKNOWLEDGEMENT,
    /** An entry's commands are evaluated, and the database does not have them. */
    APPLY_BEFORE_BATCH,
    /** The database has an entry, and nobody was told. */
    APPLY_AFTER_BATCH,
    /** Readers see an entry, and its callers have no answer. */
    APPLY_BEFORE_REPLY,
    /** A snapshot is about to be taken. */
    SNAPSHOT_BEFORE_CHECKPOINT,
    /** The files of a snapshot are there, without its manifest. */
    SNAPSHOT_BEFORE_MANIFEST,
    /** A snapshot is whole, and has not its name. */
    SNAPSHOT_BEFORE_RENAME,
    /** A snapshot is there, and Ratis does not know. */
    SNAPSHOT_AFTER_RENAME,
    /** An old snapshot has lost its name, and its files are still there. */
    SNAPSHOT_BEFORE_DELETION,
    /** A snapshot of the leader has come, and Ratis is about to put it in the place of the own ones. */
    INSTALL_BEFORE_SWAP,
    /** It is in its place, and the database is the old one. */
    INSTALL_BEFORE_RESTORE,
    /** The files of a new database are there, beside the old one. */
    RESTORE_BEFORE_SWAP,
    /** The old database is away, and the new one not in its place. */
    RESTORE_BETWEEN_RENAMES,
    /** The new database is in its place, and the old one not deleted. */
    RESTORE_AFTER_SWAP;

    /** The system property that arms a point: its name in lower case with hyphens, a colon, and which time it is. */
    public static final String PROPERTY = "rollcall.test.crash-point";

    /** The exit status of a process that died at a point. */
    public static final int STATUS = 99;

    private static final @Nullable Armed ARMED = Armed.parse(System.getProperty(PROPERTY));

    /** Says that the process has come here. Does not return if the point is armed, and this is the time. */
    public void reached() {
        if (ARMED != null && ARMED.point == this) {
            ARMED.reached();
        }
    }

    /**
     * Tells whether a test has armed it, for what would cost something even where it is not.
     *
     * @return the same for the life of the process
     */
    public boolean isArmed() {
        return ARMED != null && ARMED.point == this;
    }

    /**
     * Returns the name under which it is armed.
     *
     * @return in lower case, with hyphens
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one point that is armed. */
    static final class Armed {

        private static final Logger LOG = LoggerFactory.getLogger(CrashPoint.class);

        private final CrashPoint point;
        private final AtomicLong left;

        private Armed(CrashPoint point, long times) {
            this.point = point;
            this.left = new AtomicLong(times);
        }

        /**
         * Reads the property.
         *
         * @param text its value; null or empty: nothing is armed
         * @throws IllegalArgumentException if it is neither: a test that arms nothing would prove nothing
         */
        static @Nullable Armed parse(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            int colon = text.indexOf(':');
            for (CrashPoint point : values()) {
                if (colon > 0 && text.substring(0, colon).equals(point.label())) {
                    return new Armed(point, parseTimes(text, colon));
                }
            }
            throw new IllegalArgumentException(PROPERTY + " must be NAME:TIMES with a name of "
                    + Arrays.stream(values()).map(CrashPoint::label).toList() + "; '" + text + "' is not");
        }

        private static long parseTimes(String text, int colon) {
            try {
                return Math.max(1, Long.parseLong(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(PROPERTY + " must end with a number; '" + text + "' does not", e);
            }
        }

        /** Tells whether this is the time. */
        boolean isTime() {
            return left.decrementAndGet() == 0;
        }

        private void reached() {
            if (isTime()) {
                LOG.atError().addKeyValue("point", point.label()).log("crash point reached");
                Runtime.getRuntime().halt(STATUS);
            }
        }

        CrashPoint point() {
            return point;
        }
    }
}
