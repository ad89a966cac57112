package io.rollcall.server.app;

/** What the parts of a node that are not Raft's ask those of another. */
public enum PeerQuestion {
    /** Who follows a service there. */
    FOLLOWERS,
    /** To note what the reader of a stream there knows. */
    ACKNOWLEDGE
}
