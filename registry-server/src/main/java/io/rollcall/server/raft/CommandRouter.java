package io.rollcall.server.raft;

import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Brings commands into the log, whoever leads, and their results back to the callers on this member. A result counts
 * only when this member has applied the command, so that its callers read their own writes here. What fails is tried
 * again under the same request id until the callers' time is over; it is applied once all the same.
 */
final class CommandRouter implements CommandBus, PendingCommand.Attempts {

    /** Commands whose callers wait on this member. */
    static final int PENDING_MAX = 65_536;

    private static final long RETRY_MIN_NANOS = Duration.ofMillis(20).toNanos();
    private static final long RETRY_MAX_NANOS = Duration.ofMillis(50).toNanos();

    private final RaftView raft;
    private final ProposalRoute local;
    private final ProposalRoute remote;
    private final Function<Command, CommandResult> preview;
    private final Executor executor;

    private final Map<PendingCommand.Key, PendingCommand> pending = new ConcurrentHashMap<>();
    private final Queue<PendingCommand> retries = new ConcurrentLinkedQueue<>();

    // For the thread that applies the log alone: what the current entry finished.
    private List<Runnable> finished = new ArrayList<>();

    /**
     * A router.
     *
     * @param raft says who leads
     * @param local the way into the log if this member leads
     * @param remote the way if another one does
     * @param preview evaluates a command against this member's state
     * @param executor tells callers
     */
    CommandRouter(
            RaftView raft,
            ProposalRoute local,
            ProposalRoute remote,
            Function<Command, CommandResult> preview,
            Executor executor) {
        this.raft = raft;
        this.local = local;
        this.remote = remote;
        this.preview = preview;
        this.executor = executor;
    }

    @Override
    public CommandResult preview(Command command) {
        return preview.apply(command);
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
        if (pending.size() >= PENDING_MAX) {
            return refused("this member has " + PENDING_MAX + " commands under way; try again or another member");
        }
        byte[] encoded = CommandCodec.encode(command);
        if (encoded.length > Proposer.COMMAND_BYTES_MAX) {
            return refused("the command has " + encoded.length + " bytes, at most " + Proposer.COMMAND_BYTES_MAX
                    + " fit into an entry; split it");
        }
        CompletableFuture<SubmitOutcome> future = new CompletableFuture<>();
        long deadlineNanos = System.nanoTime() + deadline.toNanos();
        PendingCommand.Key key = PendingCommand.Key.of(command.header());
        PendingCommand fresh = new PendingCommand(key, encoded, CommandCodec.featureLevel(command), this);
        pending.compute(key, (same, present) -> {
            PendingCommand joined = present != null && present.add(deadlineNanos, future) ? present : fresh;
            if (joined == fresh) {
                fresh.add(deadlineNanos, future);
            }
            return joined;
        });
        if (pending.get(key) == fresh) {
            attempt(fresh);
        }
        return future;
    }

    private static CompletableFuture<SubmitOutcome> refused(String detail) {
        return CompletableFuture.completedFuture(new NotSubmitted(NotSubmitted.Cause.OVERLOADED, detail));
    }

    private void attempt(PendingCommand command) {
        command.attempted();
        String leader = raft.leader();
        if (leader == null) {
            command.settled(Disposition.NOT_LEADER);
        } else if (leader.equals(raft.self())) {
            local.propose(command);
        } else {
            remote.propose(command);
        }
    }

    @Override
    public void settled(PendingCommand command, Disposition disposition) {
        switch (disposition) {
            case COMMITTED -> {
                // Its result comes when this member applies it.
            }
            case NOT_LEADER, UNKNOWN -> retryLater(command);
            case OVERLOADED ->
                finishUnlessLogged(command, NotSubmitted.Cause.OVERLOADED, "too many commands wait already");
            case FEATURE_LEVEL ->
                finishUnlessLogged(command, NotSubmitted.Cause.FEATURE_LEVEL, "not every member can read it yet");
        }
    }

    private void retryLater(PendingCommand command) {
        command.retryAt(System.nanoTime() + ThreadLocalRandom.current().nextLong(RETRY_MIN_NANOS, RETRY_MAX_NANOS));
        retries.add(command);
    }

    private void finishUnlessLogged(PendingCommand command, NotSubmitted.Cause cause, String detail) {
        if (command.mayBeLogged()) {
            retryLater(command);
        } else if (pending.remove(command.key(), command)) {
            executor.execute(command.finish(new NotSubmitted(cause, detail)));
        }
    }

    /** A command was applied here; called by the thread that applies the log. */
    void applied(CommandHeader header, CommandResult result) {
        PendingCommand command = pending.remove(PendingCommand.Key.of(header));
        if (command != null) {
            finished.add(command.finish(new SubmitOutcome.Committed(result)));
        }
    }

    /** The entry is done: its callers are told, on another thread. */
    void entryApplied() {
        if (!finished.isEmpty()) {
            List<Runnable> told = finished;
            finished = new ArrayList<>();
            executor.execute(() -> told.forEach(Runnable::run));
        }
    }

    /** A snapshot took the place of entries: results within it are not told any more, but can be asked for again. */
    void stateReplaced() {
        executor.execute(() -> pending.values().forEach(this::attempt));
    }

    /** Who leads has changed: what waits for a leader is tried now. */
    void leaderChanged() {
        executor.execute(() -> retryDue(System.nanoTime() + RETRY_MAX_NANOS));
    }

    /** To be called every few milliseconds: retries what is due and ends what is late. */
    void tick(long nowNanos) {
        retryDue(nowNanos);
        List<Runnable> toRun = new ArrayList<>(0);
        pending.forEach((key, command) -> {
            if (command.expire(nowNanos, toRun)) {
                pending.remove(key, command);
            }
        });
        if (!toRun.isEmpty()) {
            executor.execute(() -> toRun.forEach(Runnable::run));
        }
    }

    /** The member stops: whoever still waits is told so. */
    void stop() {
        pending.values().forEach(command -> {
            pending.remove(command.key(), command);
            command.finish(command.stopped()).run();
        });
    }

    private void retryDue(long nowNanos) {
        for (int rest = retries.size(); rest > 0; rest--) {
            PendingCommand command = retries.poll();
            if (command == null) {
                return;
            }
            if (command.isDone()) {
                continue;
            }
            if (command.retryAtNanos() - nowNanos <= 0) {
                attempt(command);
            } else {
                retries.add(command);
            }
        }
    }
}
