package io.rollcall.server.app;

/** What the parts of a node that are not Raft's ask those of another. */
public enum PeerQuestion {
    /** Who follows a service there. */
    FOLLOWERS,
    /** To note what the reader of a stream there knows. */
    ACKNOWLEDGE,
    /** To say when those who follow there were told of the canary's next change. */
    CANARY,
    /** What the leader has measured with its canary. */
    CANARY_FIGURES,
    /** Whether it has a master key. */
    MASTER_KEY
}
