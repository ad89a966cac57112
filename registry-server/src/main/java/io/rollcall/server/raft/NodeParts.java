package io.rollcall.server.raft;

import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.ratis.NodeEvents;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Tells the parts of a node what its state machine has to say. */
final class NodeParts implements NodeEvents {

    private final CommandRouter router;
    private final ReadBarrier barrier;
    private final LeaderCalls leaderCalls;
    private final IndexGate logGate;
    private final IndexGate registryGate;
    private final LongSupplier registryIndex;
    private final Proposer proposer;
    private final CommitNews news;
    private final Executor executor;

    NodeParts(
            CommandRouter router,
            ReadBarrier barrier,
            LeaderCalls leaderCalls,
            IndexGate logGate,
            IndexGate registryGate,
            LongSupplier registryIndex,
            Proposer proposer,
            CommitNews news,
            Executor executor) {
        this.router = router;
        this.barrier = barrier;
        this.leaderCalls = leaderCalls;
        this.logGate = logGate;
        this.registryGate = registryGate;
        this.registryIndex = registryIndex;
        this.proposer = proposer;
        this.news = news;
        this.executor = executor;
    }

    @Override
    public void applied(CommandHeader header, CommandResult result) {
        router.applied(header, result);
    }

    @Override
    public void advanced(long logIndex) {
        router.entryApplied();
        news.committed(proposer.hasNext());
        logGate.advance(logIndex);
        registryGate.advance(registryIndex.getAsLong());
    }

    @Override
    public void replaced(long logIndex) {
        advanced(logIndex);
        router.stateReplaced();
    }

    @Override
    public void leaderReady(long term) {
        router.leaderChanged();
        executor.execute(barrier::leaderChanged);
    }

    @Override
    public void notLeader() {
        // Ratis ends what was proposed, and the router tries again.
    }

    @Override
    public void leaderChanged(String peerId) {
        executor.execute(() -> {
            leaderCalls.leaderChanged(peerId);
            barrier.leaderChanged();
        });
        router.leaderChanged();
    }
}
