package io.rollcall.chaos.campaign;

import java.util.Locale;
import java.util.SplittableRandom;

/** The crash points of the server, by the names that it knows them by; a name that it does not know keeps it from starting. */
public enum CrashSite {
    /** The leader has gathered an entry, and Ratis does not have it yet. */
    PROPOSE_BEFORE_APPEND(Kind.LEADER, 40),
    /** Entries are written to the log file, and not yet on disk. */
    LOG_BEFORE_FLUSH(Kind.ANY, 200),
    /** A follower has entries on disk, and the leader does not know. */
    LOG_BEFORE_ACKNOWLEDGEMENT(Kind.ANY, 200),
    /** An entry's commands are evaluated, and the database does not have them. */
    APPLY_BEFORE_BATCH(Kind.ANY, 200),
    /** The database has an entry, and nobody was told. */
    APPLY_AFTER_BATCH(Kind.ANY, 200),
    /** Readers see an entry, and its callers have no answer. */
    APPLY_BEFORE_REPLY(Kind.ANY, 200),
    /** A snapshot is about to be taken. */
    SNAPSHOT_BEFORE_CHECKPOINT(Kind.ANY, 2),
    /** The files of a snapshot are there, without its manifest. */
    SNAPSHOT_BEFORE_MANIFEST(Kind.ANY, 2),
    /** A snapshot is whole, and has not its name. */
    SNAPSHOT_BEFORE_RENAME(Kind.ANY, 2),
    /** A snapshot is there, and Ratis does not know. */
    SNAPSHOT_AFTER_RENAME(Kind.ANY, 2),
    /** An old snapshot has lost its name, and its files are still there. */
    SNAPSHOT_BEFORE_DELETION(Kind.ANY, 1),
    /** A snapshot of the leader has come, and is about to take the place of the own ones. */
    INSTALL_BEFORE_SWAP(Kind.SNAPSHOT, 1),
    /** It is in its place, and the database is the old one. */
    INSTALL_BEFORE_RESTORE(Kind.SNAPSHOT, 1),
    /** The files of a new database are there, beside the old one. */
    RESTORE_BEFORE_SWAP(Kind.SNAPSHOT, 1),
    /** The old database is away, and the new one not in its place. */
    RESTORE_BETWEEN_RENAMES(Kind.SNAPSHOT, 1),
    /** The new database is in its place, and the old one not deleted. */
    RESTORE_AFTER_SWAP(Kind.SNAPSHOT, 1);

    /** The system property that arms a point. */
    static final String PROPERTY = "rollcall.test.crash-point";

    /** The exit status of a node that died at a point. */
    static final int STATUS = 99;

    /** Who comes there. */
    private enum Kind {
        ANY,
        LEADER,
        SNAPSHOT
    }

    private final Kind kind;
    private final int timesMax;

    CrashSite(Kind kind, int timesMax) {
        this.kind = kind;
        this.timesMax = timesMax;
    }

    /**
     * Lets a follower die there, and waits until the cluster is well again.
     *
     * @param arena where
     * @param random decides which follower, and which time that it comes there
     * @throws AssertionError if it did not die there, or the cluster did not heal
     */
    public void crash(Arena arena, SplittableRandom random) {
        // Early times are part of the recovery of the restart itself, later ones of the work under load.
        CrashFaults.crash(arena, this, 1 + random.nextInt(timesMax), random);
        arena.awaitHealed(FaultKind.CRASH_POINT.label());
    }

    /**
     * Returns its name.
     *
     * @return as the server knows it
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How often a node comes there within a minute of load, at least. */
    int timesMax() {
        return timesMax;
    }

    boolean needsLeader() {
        return kind == Kind.LEADER;
    }

    boolean needsSnapshot() {
        return kind == Kind.SNAPSHOT;
    }
}
