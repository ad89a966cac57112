package io.rollcall.client.directory;

/** What a directory counts. */
public enum DirectoryCount {
    /** News that changed the instances of a service. */
    CHANGES,
    /** Empty lists that were not believed when they came. */
    EMPTIES_KEPT,
    /** Empty lists that were believed without proof, when the time of the policy was over or at once. */
    EMPTIES_UNPROVED,
    /** Snapshots and answers that were older than what is known. */
    OLDER_IGNORED,
    /** News of a registry that has another history than the one known, such as a restored one. */
    OTHER_HISTORIES,
    /** Reads that found what is known. */
    RECONCILED,
    /** Reads that found something else than what the stream had told; each was mended. */
    MISMATCHES,
    /** Reads that were answered. */
    READS,
    /** Reads that were not answered, or refused. */
    FAILED_READS,
    /** Streams that were asked for. */
    STREAMS,
    /** How often streams were given up for reads. */
    FALLBACKS,
    /** How often a view became older than the limit. */
    TURNED_STALE,
    /** Services that were served from disk. */
    DISK_LOADS,
    /** Files that were written. */
    DISK_WRITES,
    /** Files that could not be read or written. */
    DISK_FAULTS,
    /** Exceptions of listeners. */
    LISTENER_FAULTS
}
