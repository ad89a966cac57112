package io.rollcall.server.app;

import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.store.RocksRegistryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A cluster of one that agrees with itself: the real rules on a real store, and no Raft. What Raft can refuse, and how
 * current it makes a node, is set by the test.
 */
public final class LocalCluster implements CommandBus, Freshness, ClusterState, PastReader, AutoCloseable {

    public final CatalogView view = new CatalogView();
    public final DigestLog digests = new DigestLog();

    public volatile boolean caughtUp = true;
    public volatile boolean hasQuorum = true;
    public volatile long dataAgeMillis;
    public volatile SubmitOutcome outcomeOfAll;
    public volatile Duration delay = Duration.ZERO;

    private final AtomicInteger submitted = new AtomicInteger();

    private final RocksRegistryStore store;
    private final CommandApplier applier;
    private final ExecutorService log = Executors.newSingleThreadExecutor(r -> new Thread(r, "log"));
    private long logIndex;

    public LocalCluster(Path folder) {
        store = RocksRegistryStore.open(folder, e -> {
            throw e;
        });
        applier = new CommandApplier(store, view, digests);
        apply(new Command.FoundCluster(CommandHeader.of("founding"), "test-cluster"));
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
        submitted.incrementAndGet();
        if (outcomeOfAll != null) {
            return CompletableFuture.completedFuture(outcomeOfAll);
        }
        return CompletableFuture.supplyAsync(
                () -> new SubmitOutcome.Committed(apply(command)),
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, log));
    }

    /** How many commands came so far. */
    public int submitted() {
        return submitted.get();
    }

    private synchronized CommandResult apply(Command command) {
        var batch = new CommandBatch(System.currentTimeMillis(), List.of(command));
        return applier.apply(1, ++logIndex, batch).get(0);
    }

    @Override
    public CommandResult preview(Command command) {
        return applier.preview(command, System.currentTimeMillis());
    }

    @Override
    public <R> R read(Function<Past, R> reads) {
        return store.atOneMoment(moment -> reads.apply(new Past(moment)));
    }

    /** Has the oldest events forgotten. */
    public void forget(int events) {
        apply(new Command.TrimHistory(CommandHeader.of("trim"), 1, Long.MAX_VALUE, 0, events));
    }

    @Override
    public CompletableFuture<Boolean> barrier(Duration deadline) {
        return CompletableFuture.supplyAsync(() -> hasQuorum, log);
    }

    @Override
    public CompletableFuture<Boolean> awaitIndex(long registryIndex, Duration deadline) {
        return CompletableFuture.supplyAsync(() -> view.current().appliedIndex() >= registryIndex, log);
    }

    @Override
    public long dataAgeMillis() {
        return dataAgeMillis;
    }

    @Override
    public boolean hasCaughtUp() {
        return caughtUp;
    }

    @Override
    public String nodeId() {
        return "n1";
    }

    @Override
    public Snapshot snapshot() {
        var self = new MemberState("n1", "leader", "127.0.0.1:1", logIndex, logIndex, 0, true);
        return new Snapshot(hasQuorum ? "n1" : null, 1, List.of(self));
    }

    @Override
    public void close() {
        log.shutdown();
        store.close();
    }
}
