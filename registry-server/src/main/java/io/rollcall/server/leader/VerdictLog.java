package io.rollcall.server.leader;

import io.rollcall.server.app.LeaderLog;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of this leader's verdicts into its own log: in the order given, gathered while one command is under way, each
 * after the leadership was confirmed anew. A command is never repeated; its term fences it, so that one that comes late
 * changes nothing. Thread-safe.
 */
final class VerdictLog {

    /** Verdicts in one command. */
    static final int BATCH_MAX = 500;

    /** A command that took longer than this says that something here stands still. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private record Waiting(Verdict verdict, @Nullable String traceParent, CompletableFuture<Boolean> taken) {}

    private final LeaderLog log;
    private final long term;
    private final String actor;
    private final LongSupplier monotonicNanos;
    private final Runnable onDoubt;

    // All guarded by this.
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private @Nullable List<Waiting> underWay;
    private long sinceNanos;
    private boolean ended;
    private long taken;
    private long fenced;

    /**
     * A way into the log.
     *
     * @param log this member's
     * @param term of this leadership
     * @param actor who decides, for the history
     * @param monotonicNanos tells when a command takes too long
     * @param onDoubt is told, on any thread, when leadership was not confirmed or a command took too long
     */
    VerdictLog(LeaderLog log, long term, String actor, LongSupplier monotonicNanos, Runnable onDoubt) {
        this.log = log;
        this.term = term;
        this.actor = actor;
        this.monotonicNanos = monotonicNanos;
        this.onDoubt = onDoubt;
    }

    /**
     * Submits a verdict.
     *
     * @param verdict to be judged by the rules
     * @return whether it was taken, once it is applied here; fails if that is not known
     */
    CompletableFuture<Boolean> submit(Verdict verdict) {
        return submit(verdict, null);
    }

    /**
     * Submits a verdict that something led to which has a trace.
     *
     * @param verdict to be judged by the rules
     * @param traceParent of what led to it; null if that is not sampled
     * @return as above
     */
    CompletableFuture<Boolean> submit(Verdict verdict, @Nullable String traceParent) {
        Waiting waiting = new Waiting(verdict, traceParent, new CompletableFuture<>());
        synchronized (this) {
            if (ended) {
                waiting.taken.completeExceptionally(new IllegalStateException("no longer leads"));
            } else {
                queue.add(waiting);
            }
        }
        pump();
        return waiting.taken;
    }

    /** Ends it: what waits fails, what is under way is fenced by its term. */
    void end() {
        List<Waiting> dropped;
        synchronized (this) {
            ended = true;
            dropped = new ArrayList<>(queue);
            queue.clear();
        }
        dropped.forEach(waiting -> waiting.taken.completeExceptionally(new IllegalStateException("no longer leads")));
    }

    /** Whether a command has been under way for too long. */
    synchronized boolean isStuck() {
        return underWay != null && monotonicNanos.getAsLong() - sinceNanos > SLOW.toNanos();
    }

    synchronized long takenCount() {
        return taken;
    }

    /** Verdicts that the rules did not take, and commands that were lost. */
    synchronized long fencedCount() {
        return fenced;
    }

    private void pump() {
        List<Waiting> batch = new ArrayList<>();
        synchronized (this) {
            if (underWay != null || queue.isEmpty()) {
                return;
            }
            while (batch.size() < BATCH_MAX && !queue.isEmpty()) {
                batch.add(queue.remove());
            }
            underWay = batch;
            sinceNanos = monotonicNanos.getAsLong();
        }
        var unused = log.confirm()
                .thenCompose(index -> log.append(judgement(batch)))
                .handle((result, error) -> {
                    settle(batch, result);
                    pump();
                    return result;
                });
    }

    private Command judgement(List<Waiting> batch) {
        List<Verdict> verdicts = batch.stream().map(Waiting::verdict).toList();
        CommandHeader header =
                new CommandHeader(UUID.randomUUID().toString(), "", newestTrace(batch), actor, Authority.NONE);
        return new Command.Judge(header, term, verdicts);
    }

    private static @Nullable String newestTrace(List<Waiting> batch) {
        String newest = null;
        for (Waiting waiting : batch) {
            newest = waiting.traceParent == null ? newest : waiting.traceParent;
        }
        return newest;
    }

    private void settle(List<Waiting> batch, @Nullable CommandResult result) {
        List<Boolean> answers = result instanceof CommandResult.Judged judged ? judged.taken() : List.of();
        boolean slow;
        synchronized (this) {
            slow = isStuck();
            underWay = null;
            long yes = answers.stream().filter(Boolean::booleanValue).count();
            taken += yes;
            fenced += batch.size() - yes;
        }
        if (slow || result == null) {
            onDoubt.run();
        }
        for (int i = 0; i < batch.size(); i++) {
            if (i < answers.size()) {
                batch.get(i).taken.complete(answers.get(i));
            } else {
                batch.get(i).taken.completeExceptionally(new IllegalStateException("its outcome is not known"));
            }
        }
    }
}
