package io.rollcall.server.config;

import java.time.Duration;
import java.util.List;

/**
 * How a node agrees with the others.
 *
 * @param listen where it listens for the other members
 * @param advertised where the other members reach it
 * @param peers the founding members, itself among them, sorted by id
 * @param electionTimeoutMin shortest silence of a leader after which a follower stands for election
 * @param electionTimeoutMax longest such silence; each election draws between the two
 * @param snapshotThreshold log entries from one snapshot to the next, at most
 * @param snapshotLogBytes what the log grows from one snapshot to the next, at most
 * @param purgePreservation log entries that are kept behind a snapshot for followers that lag, at most
 * @param purgePreservationBytes what is kept of the log behind a snapshot, at most
 * @param segmentSizeBytes size of one log file
 */
public record RaftSettings(
        HostPort listen,
        HostPort advertised,
        List<Peer> peers,
        Duration electionTimeoutMin,
        Duration electionTimeoutMax,
        int snapshotThreshold,
        long snapshotLogBytes,
        int purgePreservation,
        long purgePreservationBytes,
        long segmentSizeBytes) {

    /** Copies the list. */
    public RaftSettings {
        peers = List.copyOf(peers);
    }
}
