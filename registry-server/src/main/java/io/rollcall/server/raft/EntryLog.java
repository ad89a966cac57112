package io.rollcall.server.raft;

import java.util.concurrent.CompletableFuture;

/** The Raft log of this member, to write to. */
interface EntryLog {

    /**
     * Appends an entry if this member leads.
     *
     * @param entry by the command codec; not to be changed any more
     * @return what became of it, once it is committed and applied here or has failed; never fails
     */
    CompletableFuture<Disposition> append(byte[] entry);
}
