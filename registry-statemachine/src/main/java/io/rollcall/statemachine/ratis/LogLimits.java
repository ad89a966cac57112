package io.rollcall.statemachine.ratis;

/**
 * How far a member's log may grow. A snapshot is due when either of the first two is reached, and what lies behind it is
 * kept for members that lag, until either of the last two is reached. Files are deleted whole, so that the log can be one
 * file larger than all this.
 *
 * @param snapshotEntries entries from one snapshot to the next
 * @param snapshotBytes bytes of entries from one snapshot to the next
 * @param keptEntries entries that are kept behind a snapshot
 * @param keptBytes bytes of files that are kept behind a snapshot
 */
public record LogLimits(long snapshotEntries, long snapshotBytes, long keptEntries, long keptBytes) {}
