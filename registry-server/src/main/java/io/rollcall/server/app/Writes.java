package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.config.RequestSettings;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.server.trace.SpanNames;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of all writes: stamp, then submit or, for a dry run, evaluate; the result becomes an outcome. Thread-safe. */
public final class Writes {

    private final CommandBus bus;
    private final Freshness freshness;
    private final CatalogView view;
    private final RequestIds requestIds;
    private final RequestSettings settings;
    private final Executor offloading;
    private final WriteCounts counts = new WriteCounts();
    private final Tracing tracing;

    /**
     * The way of all writes of a node.
     *
     * @param bus takes commands to the log
     * @param freshness makes this node current before a dry run
     * @param view what is there now
     * @param requestIds makes ids where the caller gives none
     * @param settings the deadlines
     * @param offloading runs what must not run on the threads that complete futures; bounded
     * @param tracing is told how commands fare
     */
    public Writes(
            CommandBus bus,
            Freshness freshness,
            CatalogView view,
            RequestIds requestIds,
            RequestSettings settings,
            Executor offloading,
            Tracing tracing) {
        this.bus = bus;
        this.freshness = freshness;
        this.view = view;
        this.requestIds = requestIds;
        this.settings = settings;
        this.offloading = offloading;
        this.tracing = tracing;
    }

    /**
     * Writes.
     *
     * @param context request id and circumstances
     * @param about what the command is about; null if about many
     * @param given the incarnation that the caller fences with; null for none
     * @param command makes the command of its header; called up to twice, so it must not have effects
     * @return never fails
     */
    CompletableFuture<WriteOutcome> write(
            RequestContext context,
            @Nullable InstanceKey about,
            @Nullable Long given,
            Function<CommandHeader, Command> command) {
        return write(context, command, new InstanceReading(about, given));
    }

    /**
     * Writes, in the words of a use case.
     *
     * @param context request id and circumstances
     * @param command makes the command of its header; called up to twice, so it must not have effects
     * @param reading what the command's result means; what it throws is thrown, or fails what is returned
     * @param <O> what it comes to
     * @return fails only as the reading does
     */
    public <O> CompletableFuture<O> write(
            RequestContext context, Function<CommandHeader, Command> command, Reading<O> reading) {
        String chosen = context.requestId();
        String fingerprint = chosen == null ? "" : CommandCodec.fingerprint(command.apply(CommandHeader.of(chosen)));
        return context.dryRun()
                ? current(() -> dryRun(command.apply(header(context, fingerprint, null)), reading), reading::rejected)
                : submit(context, fingerprint, command, reading);
    }

    /**
     * Writes what was chosen on a current state, so that the command of a repetition need not be equal.
     *
     * @param context request id and circumstances
     * @param request equal for equal requests
     * @param command makes the command of its header
     * @return never fails
     */
    CompletableFuture<WriteOutcome> writeChosen(
            RequestContext context, String request, Function<CommandHeader, Command> command) {
        return writeChosen(context, request, command, new InstanceReading(null, null));
    }

    /**
     * Writes what was chosen on a current state, in the words of a use case.
     *
     * @param context request id and circumstances
     * @param request equal for equal requests
     * @param command makes the command of its header
     * @param reading what the command's result means
     * @param <O> what it comes to
     * @return never fails
     */
    <O> CompletableFuture<O> writeChosen(
            RequestContext context, String request, Function<CommandHeader, Command> command, Reading<O> reading) {
        String fingerprint = context.requestId() == null ? "" : sha256(request);
        return context.dryRun()
                ? dryRun(command.apply(header(context, fingerprint, null)), reading)
                : submit(context, fingerprint, command, reading);
    }

    private CommandHeader header(RequestContext context, String fingerprint, @Nullable OpenSpan span) {
        String chosen = context.requestId();
        String requestId = chosen == null ? requestIds.next() : chosen;
        // What happens to it on each member is below this node's proposal of it.
        String traceParent = span == null ? context.traceParent() : span.traceParent();
        return new CommandHeader(requestId, fingerprint, traceParent, context.actor(), context.authority());
    }

    /**
     * Returns what was written here.
     *
     * @return counts on
     */
    public WriteCounts counts() {
        return counts;
    }

    /** How far this node has come. */
    long appliedIndex() {
        return view.current().appliedIndex();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private <O> CompletableFuture<O> submit(
            RequestContext context, String fingerprint, Function<CommandHeader, Command> command, Reading<O> reading) {
        if (!freshness.hasCaughtUp()) {
            return CompletableFuture.completedFuture(reading.rejected(notReady()));
        }
        OpenSpan span = tracing.below(SpanNames.PROPOSE, context.traceParent());
        Command stamped = command.apply(header(context, fingerprint, span));
        long begun = System.nanoTime();
        CompletableFuture<SubmitOutcome> submitted = bus.submit(stamped, settings.writeDeadline());
        if (span != null) {
            CommandSubject.tell(span, stamped);
            submitted = submitted.whenComplete((outcome, failure) -> ended(span, outcome));
        }
        return submitted.thenApply(outcome -> {
            if (outcome instanceof SubmitOutcome.Committed committed) {
                counts.count(committed.result(), System.nanoTime() - begun);
                return reading.result(committed.result());
            }
            if (outcome instanceof SubmitOutcome.NotSubmitted refused) {
                return reading.rejected(Refusals.of(refused));
            }
            return reading.rejected(Refusals.of((SubmitOutcome.Unknown) outcome));
        });
    }

    private static void ended(OpenSpan span, @Nullable SubmitOutcome outcome) {
        if (outcome instanceof SubmitOutcome.Committed committed) {
            boolean isRefused = committed.result() instanceof CommandResult.Refused;
            span.set(SpanKeys.OUTCOME, isRefused ? "refused" : "committed")
                    .set(SpanKeys.INDEX, committed.result().index());
        } else if (outcome instanceof SubmitOutcome.NotSubmitted not) {
            span.set(SpanKeys.OUTCOME, "not-submitted");
            span.fail(not.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'), not.detail());
        } else if (outcome instanceof SubmitOutcome.Unknown unknown) {
            span.set(SpanKeys.OUTCOME, "unknown");
            span.fail("unknown", unknown.detail());
        } else {
            span.fail("failed", null);
        }
        span.end();
    }

    /** Passes the barrier, then runs a step off the threads of the barrier. */
    CompletableFuture<WriteOutcome> current(Step step) {
        return current(step::run, WriteOutcome.Rejected::new);
    }

    private <O> CompletableFuture<O> current(Supplier<CompletableFuture<O>> step, Function<Problem, O> rejected) {
        if (!freshness.hasCaughtUp()) {
            return CompletableFuture.completedFuture(rejected.apply(notReady()));
        }
        return freshness
                .barrier(settings.readDeadline())
                .thenComposeAsync(
                        passed -> passed ? step.get() : CompletableFuture.completedFuture(rejected.apply(noLeader())),
                        offloading);
    }

    /**
     * What a node tells that is catching up. Its answer to a write would have to wait until it has applied the write
     * itself, and the other nodes have that behind them.
     */
    private static Problem notReady() {
        return Refusals.retryable(
                ErrorCode.NOT_READY,
                "this node has not caught up with the cluster since its start; nothing was done, ask another node");
    }

    private Problem noLeader() {
        return Refusals.retryable(
                ErrorCode.NO_LEADER,
                "no leader confirmed within " + settings.readDeadline().toMillis() + " ms; nothing was done");
    }

    private <O> CompletableFuture<O> dryRun(Command command, Reading<O> reading) {
        return CompletableFuture.completedFuture(reading.wouldBe(bus.preview(command)));
    }

    private @Nullable Instance present(InstanceKey key) {
        ServiceState service = view.current().service(key.service());
        InstanceEntry entry = service == null ? null : service.instance(key.id());
        return entry == null ? null : entry.instance();
    }

    private static WriteOutcome outcomeOf(CommandResult result, @Nullable InstanceKey about, @Nullable Long given) {
        if (result instanceof CommandResult.Registered registered) {
            return new WriteOutcome.Stored(registered.index(), registered.instance(), registered.created());
        }
        if (result instanceof CommandResult.OperatorWordSet set) {
            return new WriteOutcome.Stored(set.index(), set.instance(), false);
        }
        if (result instanceof CommandResult.Deregistered removed) {
            return new WriteOutcome.Removed(removed.index(), removed.key());
        }
        if (result instanceof CommandResult.DeregisteredMany removed) {
            return new WriteOutcome.RemovedMany(removed.index(), removed.removed(), removed.refused());
        }
        if (result instanceof CommandResult.Refused refused) {
            return new WriteOutcome.Rejected(Refusals.of(refused, about, given));
        }
        if (result instanceof CommandResult.BatchRegistered batch) {
            return new WriteOutcome.Batch(
                    batch.index(),
                    batch.applied(),
                    batch.items().stream().map(Writes::itemOf).toList());
        }
        throw new IllegalStateException("no request of a client comes to " + result);
    }

    private static WriteOutcome itemOf(CommandResult item) {
        InstanceKey key = item instanceof CommandResult.Refused refused && refused.present() != null
                ? refused.present().key()
                : null;
        return outcomeOf(item, key, null);
    }

    /**
     * What the result of a command means to a use case.
     *
     * @param <O> what it comes to
     */
    public interface Reading<O> {

        /**
         * Reads what it came to.
         *
         * @param result of the command
         * @return what it means
         */
        O result(CommandResult result);

        /**
         * Reads what it would come to; nothing was done.
         *
         * @param result of the command
         * @return what it means
         */
        O wouldBe(CommandResult result);

        /**
         * There is no result.
         *
         * @param problem why
         * @return what that means
         */
        O rejected(Problem problem);
    }

    /** Of what is about instances. */
    private final class InstanceReading implements Reading<WriteOutcome> {

        private final @Nullable InstanceKey about;
        private final @Nullable Long given;

        private InstanceReading(@Nullable InstanceKey about, @Nullable Long given) {
            this.about = about;
            this.given = given;
        }

        @Override
        public WriteOutcome result(CommandResult result) {
            return outcomeOf(result, about, given);
        }

        @Override
        public WriteOutcome wouldBe(CommandResult result) {
            WriteOutcome would = result(result);
            return would instanceof WriteOutcome.Rejected
                    ? would
                    : new WriteOutcome.DryRun(would, about == null ? null : present(about));
        }

        @Override
        public WriteOutcome rejected(Problem problem) {
            return new WriteOutcome.Rejected(problem);
        }
    }

    /** What is done once this node is current. */
    interface Step {
        /** Does it; never fails. */
        CompletableFuture<WriteOutcome> run();
    }
}
