package io.rollcall.server.security.crypto;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.ConfigStore;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.PeerDesk;
import io.rollcall.server.app.PeerQuestion;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.apply.CommandApplier;
import io.rollcall.statemachine.apply.DigestLog;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.store.RocksRegistryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/** A node that seals: the real rules on a real store, and no Raft. */
final class SealedNode
        implements AutoCloseable, CommandBus, LeaderLog, PastReader, ClusterState, PeerDesk, ConfigStore {

    private static final int TERM = 1;

    final RocksRegistryStore store;
    final CatalogView view = new CatalogView();
    final Keyring keyring;
    final SealingBus bus;
    final KeyDuty duty;
    final RingVault vault;
    final CommandApplier applier;

    /** Run once, before the next command is applied. */
    Runnable beforeNext = () -> {};

    int submitted;
    long clockMillis = 1_700_000_000_000L;
    private long nanos;
    private long logIndex;

    /**
     * A node.
     *
     * @param keyset that the cluster takes over; null for none
     */
    SealedNode(Path folder, MasterKeys masterKeys, Keyset keyset) {
        keyring = new Keyring(
                masterKeys, new SealMark(folder), (message, cause) -> new IllegalStateException(message, cause));
        ChangeSink sink = new OpeningSink(keyring, view);
        store = RocksRegistryStore.open(folder, e -> {
            throw e;
        });
        applier = new CommandApplier(store, sink, new DigestLog());
        logIndex = store.reader().applied().logIndex();
        var poll = new MasterKeyPoll(masterKeys, this, this);
        duty = new KeyDuty(
                keyring,
                keyset,
                this,
                this,
                view,
                poll,
                () -> nanos,
                () -> Instant.ofEpochMilli(clockMillis),
                Runnable::run);
        bus = new SealingBus(this, keyring, keyset != null);
        vault = new RingVault(keyring, keyset != null, poll);
        if (store.reader().applied().registryIndex() == 0) {
            apply(new Command.FoundCluster(CommandHeader.of("founding"), "test-cluster"));
            apply(new Command.RaiseFeatureLevel(CommandHeader.of("level"), 4));
        } else {
            sink.reset(new Stored());
        }
    }

    CommandResult apply(Command command) {
        return applier.apply(TERM, ++logIndex, new CommandBatch(clockMillis, List.of(command)))
                .get(0);
    }

    /** Has the leader look after the keys. */
    void tendKeys() {
        nanos += KeyDuty.INTERVAL.toNanos();
        duty.sweep(TERM);
    }

    CommandResult submit(Command command) {
        return ((SubmitOutcome.Committed)
                        bus.submit(command, Duration.ofSeconds(5)).join())
                .result();
    }

    @Override
    public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
        submitted++;
        Runnable before = beforeNext;
        beforeNext = () -> {};
        before.run();
        return CompletableFuture.completedFuture(new SubmitOutcome.Committed(apply(command)));
    }

    @Override
    public CommandResult preview(Command command) {
        return applier.preview(command, clockMillis);
    }

    @Override
    public CompletableFuture<CommandResult> append(Command command) {
        return CompletableFuture.completedFuture(apply(command));
    }

    @Override
    public CompletableFuture<Long> confirm() {
        throw new AssertionError("keys need no confirmation");
    }

    @Override
    public CompletableFuture<Boolean> applied(long index, Duration deadline) {
        throw new AssertionError("keys wait for nothing");
    }

    @Override
    public <R> R read(Function<Past, R> reads) {
        return store.atOneMoment(moment -> reads.apply(new Past(moment)));
    }

    @Override
    public String nodeId() {
        return "n1";
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot("n1", TERM, List.of(new MemberState("n1", "leader", "127.0.0.1:1", 1, 1, 0, true)));
    }

    @Override
    public String self() {
        return "n1";
    }

    @Override
    public String leader() {
        return "n1";
    }

    @Override
    public List<String> reachable() {
        return List.of();
    }

    @Override
    public CompletableFuture<byte[]> ask(String member, PeerQuestion question, byte[] request, Duration timeout) {
        throw new AssertionError("there is nobody to ask");
    }

    @Override
    public ConfigEntry version(ConfigKey key, long version) {
        throw new AssertionError("not asked");
    }

    @Override
    public List<ConfigEntry> versions(ConfigKey key, long newest) {
        throw new AssertionError("not asked");
    }

    @Override
    public ConfigValue value(ConfigKey key, long version) {
        return store.reader().configValue(new ConfigVersionKey(key, version));
    }

    @Override
    public long bytes() {
        return store.reader().configTotals().bytes();
    }

    @Override
    public boolean remembers(String requestId) {
        return store.reader().request(requestId) != null;
    }

    @Override
    public void close() {
        store.close();
    }

    /** What the store held when it was opened. */
    private final class Stored implements StateReset {
        @Override
        public ChangeBatch position() {
            var applied = store.reader().applied();
            var cluster = store.reader().cluster();
            var change = new ClusterChanged(
                    applied.registryIndex(), cluster.clusterId(), cluster.featureLevel(), cluster.members());
            return new ChangeBatch(applied.logIndex(), applied.registryIndex(), applied.clockMillis(), List.of(change));
        }

        @Override
        public KeysetRecord keyset() {
            return store.reader().keyset();
        }

        @Override
        public void forEachService(BiConsumer<ServiceKey, Map<InstanceStatus, Long>> consumer) {
            store.forEachService(service -> consumer.accept(service.key(), service.lastIndexes()));
        }

        @Override
        public void forEachInstance(Consumer<Instance> consumer) {
            store.forEachInstance(instance -> consumer.accept(instance.toInstance()));
        }

        @Override
        public void forEachLease(Consumer<LeaseMarked> consumer) {}

        @Override
        public void forEachConfig(Consumer<ConfigEntry> consumer) {}

        @Override
        public void forEachPolicy(Consumer<AccessPolicy> consumer) {}

        @Override
        public void forEachToken(BiConsumer<AccessToken, String> consumer) {}

        @Override
        public void forEachConfigFloor(ObjLongConsumer<Namespace> consumer) {}
    }
}
