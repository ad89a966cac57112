package io.rollcall.server.raft;

import io.rollcall.server.app.LeaderLog;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** This member's log, for what it decides as leader: nothing is forwarded, and nothing is tried twice. */
final class OwnLog implements LeaderLog {

    private final LeadershipCheck leadership;
    private final ProposalRoute proposer;
    private final IndexGate logGate;
    private final Executor executor;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    OwnLog(LeadershipCheck leadership, ProposalRoute proposer, IndexGate logGate, Executor executor) {
        this.leadership = leadership;
        this.proposer = proposer;
        this.logGate = logGate;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Long> confirm() {
        return leadership.readIndex();
    }

    @Override
    public CompletableFuture<Boolean> applied(long logIndex, Duration deadline) {
        return logGate.await(logIndex, System.nanoTime() + deadline.toNanos());
    }

    @Override
    public CompletableFuture<CommandResult> append(Command command) {
        Pending waiting = new Pending(
                command.header().requestId(), CommandCodec.encode(command), CommandCodec.featureLevel(command));
        pending.put(waiting.requestId, waiting);
        proposer.propose(waiting);
        return waiting.future;
    }

    /** A command was applied here; called by the thread that applies the log. */
    void applied(CommandHeader header, CommandResult result) {
        Pending waiting = pending.get(header.requestId());
        if (waiting != null) {
            waiting.result = result;
        }
    }

    /** A command on its way. */
    private final class Pending implements Proposal {
        private final String requestId;
        private final byte[] encoded;
        private final int featureLevel;
        private final CompletableFuture<CommandResult> future = new CompletableFuture<>();
        private volatile @Nullable CommandResult result;

        Pending(String requestId, byte[] encoded, int featureLevel) {
            this.requestId = requestId;
            this.encoded = encoded;
            this.featureLevel = featureLevel;
        }

        @Override
        public byte[] encoded() {
            return encoded;
        }

        @Override
        public int featureLevel() {
            return featureLevel;
        }

        @Override
        public void settled(Disposition disposition) {
            pending.remove(requestId);
            CommandResult applied = result;
            executor.execute(() -> {
                if (disposition == Disposition.COMMITTED && applied != null) {
                    future.complete(applied);
                } else {
                    future.completeExceptionally(
                            new PeerException("a verdict of this leader came to " + disposition, false, null));
                }
            });
        }
    }
}
