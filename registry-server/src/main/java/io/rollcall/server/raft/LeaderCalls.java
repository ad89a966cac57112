package io.rollcall.server.raft;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Questions to whoever leads. Those to a leader of the past are given up as soon as another one is known. */
final class LeaderCalls {

    private final RaftView raft;
    private final PeerCalls peers;
    private final Set<InFlight> inFlight = ConcurrentHashMap.newKeySet();

    private record InFlight(String asked, CompletableFuture<byte[]> answer) {}

    LeaderCalls(RaftView raft, PeerCalls peers) {
        this.raft = raft;
        this.peers = peers;
    }

    /**
     * Asks the leader, if there is one and it is another member.
     *
     * @param method what is asked
     * @param request its bytes
     * @param timeout how long to wait
     * @return the answer; fails with {@link PeerException}, or by cancellation when the leader changes
     */
    CompletableFuture<byte[]> call(PeerMethod method, byte[] request, Duration timeout) {
        String leader = raft.leader();
        if (leader == null || leader.equals(raft.self())) {
            return CompletableFuture.failedFuture(new PeerException("no other member is known to lead", true, null));
        }
        CompletableFuture<byte[]> answer = peers.call(leader, method, request, timeout);
        InFlight call = new InFlight(leader, answer);
        inFlight.add(call);
        // Only now: an answer that is there already is removed at once.
        return answer.whenComplete((bytes, error) -> inFlight.remove(call));
    }

    /**
     * Gives up what was asked of others.
     *
     * @param leader the new one
     */
    void leaderChanged(String leader) {
        inFlight.forEach(call -> {
            if (!call.asked.equals(leader)) {
                call.answer.cancel(false);
            }
        });
    }
}
