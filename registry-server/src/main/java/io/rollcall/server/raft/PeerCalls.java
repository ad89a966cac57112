package io.rollcall.server.raft;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The means to ask another member. */
interface PeerCalls {

    /**
     * Asks a member.
     *
     * @param peer its id
     * @param method what is asked
     * @param request bytes of {@link PeerMessages}
     * @param timeout how long to wait for the answer
     * @return the answer; fails with {@link PeerException}; cancelling it stops the waiting, not the work
     */
    CompletableFuture<byte[]> call(String peer, PeerMethod method, byte[] request, Duration timeout);
}
