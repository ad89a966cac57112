package io.rollcall.server.app;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ConfigView;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.store.RocksRegistryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A cluster of one that agrees with itself: the real rules on a real store, and no Raft. What Raft can refuse, and how
 * current it makes a node, is set by the test.
 */
public final class LocalCluster
        implements CommandBus, Freshness, ClusterState, PeerDesk, ConfigStore, Removals, PastReader, AutoCloseable {

    public final CatalogView view = new CatalogView();
    public final ConfigView config = new ConfigView();
    public final DigestLog digests = new DigestLog();
    public final List<ChangeSink> followers = new CopyOnWriteArrayList<>();

    public volatile boolean caughtUp = true;
    public volatile boolean hasQuorum = true;
    public volatile boolean hasStore = true;
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
        applier = new CommandApplier(store, new BothViews(), digests);
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

    private CommandResult apply(Command command) {
        return applyAll(List.of(command)).get(0);
    }

    /** Applies the commands of one log entry. */
    public synchronized List<CommandResult> applyAll(List<Command> commands) {
        return applier.apply(1, ++logIndex, new CommandBatch(System.currentTimeMillis(), commands));
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
    public String self() {
        return nodeId();
    }

    @Override
    public String leader() {
        return hasQuorum ? "n1" : null;
    }

    @Override
    public List<String> reachable() {
        return List.of();
    }

    @Override
    public CompletableFuture<byte[]> ask(String member, PeerQuestion question, byte[] request, Duration timeout) {
        return CompletableFuture.failedFuture(new IllegalArgumentException("no member " + member));
    }

    @Override
    public Snapshot snapshot() {
        var self = new MemberState("n1", "leader", "127.0.0.1:1", logIndex, logIndex, 0, true);
        return new Snapshot(hasQuorum ? "n1" : null, 1, List.of(self));
    }

    @Override
    public ConfigEntry version(ConfigKey key, long version) {
        requireStore();
        ConfigRecord kept = store.reader().configVersion(new ConfigVersionKey(key, version));
        return kept == null ? null : kept.toEntry();
    }

    @Override
    public List<ConfigEntry> versions(ConfigKey key, long newest) {
        List<ConfigEntry> versions = new ArrayList<>();
        ConfigEntry next = version(key, newest);
        while (next != null) {
            versions.add(next);
            next = version(key, next.version() - 1);
        }
        return versions;
    }

    @Override
    public ConfigValue value(ConfigKey key, long version) {
        requireStore();
        return store.reader().configValue(new ConfigVersionKey(key, version));
    }

    @Override
    public long bytes() {
        requireStore();
        return store.reader().configTotals().bytes();
    }

    @Override
    public boolean remembers(String requestId) {
        requireStore();
        return store.reader().request(requestId) != null;
    }

    private void requireStore() {
        if (!hasStore) {
            throw new BeingReplacedException();
        }
    }

    private final class BothViews implements ChangeSink {

        @Override
        public void changed(ChangeBatch batch) {
            view.changed(batch);
            config.changed(batch);
            followers.forEach(follower -> follower.changed(batch));
        }

        @Override
        public void reset(StateReset state) {
            view.reset(state);
            config.reset(state);
            followers.forEach(follower -> follower.reset(state));
        }
    }

    @Override
    public Removal removal(InstanceKey key) {
        var left = store.reader().tombstone(key);
        return left == null ? null : new Removal(left.incarnation(), Instant.ofEpochMilli(left.removedAtMillis()));
    }

    @Override
    public void close() {
        log.shutdown();
        store.close();
    }
}
