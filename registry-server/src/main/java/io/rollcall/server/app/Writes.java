package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.config.RequestSettings;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of all writes: stamp, then submit or, for a dry run, evaluate; the result becomes an outcome. Thread-safe. */
public final class Writes {

    private final CommandBus bus;
    private final Freshness freshness;
    private final CatalogView view;
    private final RequestIds requestIds;
    private final RequestSettings settings;
    private final Executor offloading;

    /**
     * The way of all writes of a node.
     *
     * @param bus takes commands to the log
     * @param freshness makes this node current before a dry run
     * @param view what is there now
     * @param requestIds makes ids where the caller gives none
     * @param settings the deadlines
     * @param offloading runs what must not run on the threads that complete futures; bounded
     */
    public Writes(
            CommandBus bus,
            Freshness freshness,
            CatalogView view,
            RequestIds requestIds,
            RequestSettings settings,
            Executor offloading) {
        this.bus = bus;
        this.freshness = freshness;
        this.view = view;
        this.requestIds = requestIds;
        this.settings = settings;
        this.offloading = offloading;
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
        String chosen = context.requestId();
        String fingerprint = chosen == null ? "" : CommandCodec.fingerprint(command.apply(CommandHeader.of(chosen)));
        Command stamped = command.apply(header(context, fingerprint));
        return context.dryRun() ? current(() -> dryRun(stamped, about, given)) : submit(stamped, about, given);
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
        String fingerprint = context.requestId() == null ? "" : sha256(request);
        Command stamped = command.apply(header(context, fingerprint));
        return context.dryRun() ? dryRun(stamped, null, null) : submit(stamped, null, null);
    }

    private CommandHeader header(RequestContext context, String fingerprint) {
        String chosen = context.requestId();
        String requestId = chosen == null ? requestIds.next() : chosen;
        return new CommandHeader(requestId, fingerprint, context.traceParent(), context.actor());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private CompletableFuture<WriteOutcome> submit(Command command, @Nullable InstanceKey about, @Nullable Long given) {
        if (!freshness.hasCaughtUp()) {
            return notReady();
        }
        return bus.submit(command, settings.writeDeadline()).thenApply(outcome -> {
            if (outcome instanceof SubmitOutcome.Committed committed) {
                return outcomeOf(committed.result(), about, given);
            }
            if (outcome instanceof SubmitOutcome.NotSubmitted refused) {
                return new WriteOutcome.Rejected(Refusals.of(refused));
            }
            return new WriteOutcome.Rejected(Refusals.of((SubmitOutcome.Unknown) outcome));
        });
    }

    /** Passes the barrier, then runs a step off the threads of the barrier. */
    CompletableFuture<WriteOutcome> current(Step step) {
        if (!freshness.hasCaughtUp()) {
            return notReady();
        }
        return freshness
                .barrier(settings.readDeadline())
                .thenComposeAsync(passed -> passed ? step.run() : noLeader(), offloading);
    }

    /**
     * What a node tells that is catching up. Its answer to a write would have to wait until it has applied the write
     * itself, and the other nodes have that behind them.
     */
    private static CompletableFuture<WriteOutcome> notReady() {
        return CompletableFuture.completedFuture(new WriteOutcome.Rejected(Refusals.retryable(
                ErrorCode.NOT_READY,
                "this node has not caught up with the cluster since its start; nothing was done, ask another node")));
    }

    private CompletableFuture<WriteOutcome> noLeader() {
        return CompletableFuture.completedFuture(new WriteOutcome.Rejected(Refusals.retryable(
                ErrorCode.NO_LEADER,
                "no leader confirmed within " + settings.readDeadline().toMillis() + " ms; nothing was done")));
    }

    private CompletableFuture<WriteOutcome> dryRun(Command command, @Nullable InstanceKey about, @Nullable Long given) {
        Instance before = about == null ? null : present(about);
        WriteOutcome would = outcomeOf(bus.preview(command), about, given);
        return CompletableFuture.completedFuture(
                would instanceof WriteOutcome.Rejected ? would : new WriteOutcome.DryRun(would, before));
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
            return new WriteOutcome.RemovedMany(removed.index(), removed.removed());
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

    /** What is done once this node is current. */
    interface Step {
        /** Does it; never fails. */
        CompletableFuture<WriteOutcome> run();
    }
}
