package io.rollcall.server.raft;

import io.rollcall.server.app.Measured;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.ratis.NodeEvents;
import io.rollcall.statemachine.ratis.TracedEntry;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Tells the parts of a node what its state machine has to say. */
final class NodeParts implements NodeEvents {

    private final String self;
    private final CommandRouter router;
    private final LeaderRoutes toLeader;
    private final ReadBarrier barrier;
    private final LeaderCalls leaderCalls;
    private final IndexGate logGate;
    private final IndexGate registryGate;
    private final LongSupplier registryIndex;
    private final Proposer proposer;
    private final CommitNews news;
    private final EntrySpans spans;
    private final ElectionSpans elections;
    private final Executor executor;
    private final Measured applyNanos = new Measured();

    NodeParts(
            String self,
            CommandRouter router,
            LeaderRoutes toLeader,
            ReadBarrier barrier,
            LeaderCalls leaderCalls,
            IndexGate logGate,
            IndexGate registryGate,
            LongSupplier registryIndex,
            Proposer proposer,
            CommitNews news,
            EntrySpans spans,
            ElectionSpans elections,
            Executor executor) {
        this.self = self;
        this.router = router;
        this.toLeader = toLeader;
        this.barrier = barrier;
        this.leaderCalls = leaderCalls;
        this.logGate = logGate;
        this.registryGate = registryGate;
        this.registryIndex = registryIndex;
        this.proposer = proposer;
        this.news = news;
        this.spans = spans;
        this.elections = elections;
        this.executor = executor;
    }

    @Override
    public void committed(long logIndex) {
        // Before it is applied here: others apply it meanwhile, and tell those who watch there.
        news.committed(proposer.isBusy());
    }

    @Override
    public void applied(CommandHeader header, CommandResult result) {
        router.applied(header, result);
        toLeader.ownLog().applied(header, result);
    }

    @Override
    public void entryApplied(long nanos) {
        applyNanos.add(nanos);
    }

    @Override
    public void traced(TracedEntry entry) {
        spans.applied(entry);
    }

    /** How long it takes to apply an entry, in nanoseconds. */
    Measured applyNanos() {
        return applyNanos;
    }

    @Override
    public void advanced(long logIndex) {
        // Before callers are told: whoever has his answer finds its index reached here.
        registryGate.advance(registryIndex.getAsLong());
        logGate.advance(logIndex);
        router.entryApplied();
    }

    @Override
    public void replaced(long logIndex) {
        advanced(logIndex);
        router.stateReplaced();
    }

    @Override
    public void leaderReady(long term) {
        toLeader.role().begin(term);
        router.leaderChanged();
        toLeader.heartbeats().leaderChanged();
        executor.execute(barrier::leaderChanged);
        elections.leads(term);
    }

    @Override
    public void notLeader() {
        // Ratis ends what was proposed, and the router tries again.
        toLeader.role().end();
    }

    @Override
    public void leaderChanged(String peerId) {
        if (!peerId.equals(self)) {
            toLeader.role().end();
            elections.follows(peerId);
        }
        executor.execute(() -> {
            leaderCalls.leaderChanged(peerId);
            barrier.leaderChanged();
        });
        router.leaderChanged();
        toLeader.heartbeats().leaderChanged();
    }
}
