package io.rollcall.server.raft;

/** A way of commands into the log. */
interface ProposalRoute {

    /**
     * Takes a command and settles it, at once or later.
     *
     * @param proposal the command
     */
    void propose(Proposal proposal);
}
