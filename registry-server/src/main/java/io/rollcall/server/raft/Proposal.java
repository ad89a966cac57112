package io.rollcall.server.raft;

/** A command on its way into the log, and whoever wants to know what became of it. */
interface Proposal {

    /** Bytes by the command codec; not to be changed. */
    byte[] encoded();

    /** The level that the cluster must have before it may enter the log. */
    int featureLevel();

    /** Called once for each time it was offered; on any thread, and not to block it. */
    void settled(Disposition disposition);
}
