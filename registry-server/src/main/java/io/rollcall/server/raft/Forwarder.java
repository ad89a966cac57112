package io.rollcall.server.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Hands commands to the leader's proposer, on the other members, gathered in the same way as there. */
final class Forwarder implements ProposalRoute {

    /** A leader that hangs is found out by the election of another one; this is for one that hangs and stays. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    static final BatchPump.Limits LIMITS = new BatchPump.Limits(512, 1024 * 1024, 4, 65_536, 64L * 1024 * 1024);

    private final LeaderCalls leader;
    private final BatchPump pump;

    Forwarder(LeaderCalls leader, Executor executor) {
        this.leader = leader;
        this.pump = new BatchPump(LIMITS, this::forward, executor);
    }

    @Override
    public void propose(Proposal proposal) {
        if (!pump.offer(proposal)) {
            proposal.settled(Disposition.OVERLOADED);
        }
    }

    private CompletableFuture<?> forward(List<Proposal> batch) {
        return leader.call(PeerMethod.FORWARD, PeerMessages.commands(batch), ANSWER_TIMEOUT)
                .handle((answer, error) -> {
                    for (int i = 0; i < batch.size(); i++) {
                        batch.get(i).settled(error == null ? disposition(answer, i) : disposition(error));
                    }
                    return null;
                });
    }

    private static Disposition disposition(byte[] answer, int i) {
        return i < answer.length ? Disposition.of(answer[i]) : Disposition.UNKNOWN;
    }

    private static Disposition disposition(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        boolean notSent = cause instanceof PeerException peer && peer.wasNotSent();
        return notSent ? Disposition.NOT_LEADER : Disposition.UNKNOWN;
    }
}
