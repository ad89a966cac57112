package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;

/**
 * What the state machine tells the node it lives in. The calls come from Ratis' own threads, some under its locks: none
 * may block, wait for Ratis, or throw.
 */
public interface NodeEvents {

    /**
     * An entry is committed and about to be applied here.
     *
     * @param logIndex Raft index
     */
    void committed(long logIndex);

    /**
     * A command was applied here and is durable on a majority.
     *
     * @param header of the command: request id and fingerprint together say whose result it is
     * @param result what it came to
     */
    void applied(CommandHeader header, CommandResult result);

    /**
     * All commands of an entry were applied here.
     *
     * @param nanos how long that took, with what those who are told of it did
     */
    void entryApplied(long nanos);

    /**
     * An entry was applied here that holds a sampled command; told last of all that is told of it, so that nobody waits.
     *
     * @param entry with its times
     */
    void traced(TracedEntry entry);

    /**
     * The applied log index moved, also over entries that hold no command.
     *
     * @param logIndex Raft index
     */
    void advanced(long logIndex);

    /**
     * The whole state was replaced by a snapshot: results of commands within it will never be told.
     *
     * @param logIndex Raft index of the snapshot
     */
    void replaced(long logIndex);

    /**
     * This node leads and has applied all that earlier leaders committed.
     *
     * @param term of its leadership
     */
    void leaderReady(long term);

    /** This node leads no more. */
    void notLeader();

    /**
     * A leader is known.
     *
     * @param peerId its id; this node's own if it leads
     */
    void leaderChanged(String peerId);
}
