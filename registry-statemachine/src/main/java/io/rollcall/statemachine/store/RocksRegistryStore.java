package io.rollcall.statemachine.store;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.store.StateDigest.Hasher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The replicated state in RocksDB. Nothing is written to a log of its own: after a crash the store is as of the last
 * flush, in all tables and in its position, and the Raft log brings it up from there.
 *
 * <p>Calls on a store that is closed throw {@link IllegalStateException}; {@link #close} waits for calls that are under
 * way, so it must not be called from within one.
 */
public final class RocksRegistryStore implements RegistryStore {

    private final RocksDatabase database;
    private final StateReader reader;
    private final AtomicBoolean hasTransaction = new AtomicBoolean();
    private volatile StoreHead head;

    private RocksRegistryStore(RocksDatabase database, StoreHead head) {
        this.database = database;
        this.head = head;
        this.reader = new CommittedReader(database, () -> this.head);
    }

    /**
     * Opens a store, or makes an empty one.
     *
     * @param folder its folder; its parent must exist
     * @param onBackgroundError called once, soon after a flush or a compaction failed: end the process, since nothing is
     *     durable from then on. The next commit throws it, too
     * @return the store; to be closed
     * @throws StoreException if it cannot be opened, or was written by a version that this one does not know
     */
    public static RocksRegistryStore open(Path folder, Consumer<StoreException> onBackgroundError) {
        RocksDatabase database = RocksDatabase.open(folder, onBackgroundError);
        try {
            StoreFormat.upgrade(database, StoreFormat.STEPS);
            byte[] head = database.get(ColumnFamily.META, StoreFormat.HEAD_KEY);
            return new RocksRegistryStore(database, head == null ? StoreHead.EMPTY : StoreHead.read(head));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public StateReader reader() {
        return reader;
    }

    @Override
    public Transaction begin() {
        if (!hasTransaction.compareAndSet(false, true)) {
            throw new IllegalStateException("a transaction is open; commit or close it first");
        }
        return new RocksTransaction(database, this, head);
    }

    @Override
    public void forEachInstance(Consumer<InstanceRecord> consumer) {
        forEach(Table.INSTANCES, consumer);
    }

    @Override
    public void forEachService(Consumer<ServiceRecord> consumer) {
        forEach(Table.SERVICES, consumer);
    }

    @Override
    public void forEachLease(Consumer<LeaseRecord> consumer) {
        forEach(Table.LEASES, consumer);
    }

    @Override
    public <R> R atOneMoment(Function<Moment, R> reads) {
        return database.frozen(frozen -> reads.apply(new RocksMoment(frozen)));
    }

    @Override
    public void forEachConfig(Consumer<ConfigRecord> consumer) {
        forEach(Table.CONFIG, consumer);
    }

    @Override
    public void forEachConfigFloor(Consumer<ConfigFloor> consumer) {
        forEach(Table.CONFIG_FLOORS, consumer);
    }

    @Override
    public void forEachPolicy(Consumer<AccessPolicy> consumer) {
        forEach(Table.POLICIES, consumer);
    }

    @Override
    public void forEachToken(Consumer<TokenRecord> consumer) {
        forEach(Table.TOKENS, consumer);
    }

    @Override
    public String digest() {
        StoreHead now = head;
        return now.digest().at(now.position().registryIndex());
    }

    /**
     * Computes the state hash from every entry, for comparison with {@link #digest}, which follows the changes. Nothing
     * must be committed meanwhile. It reads the whole store: seconds for a million instances.
     *
     * @return 64 hexadecimal characters
     */
    public String recomputeDigest() {
        Hasher hasher = new Hasher();
        StateDigest[] sum = {StateDigest.EMPTY};
        Arrays.stream(ColumnFamily.values())
                .filter(ColumnFamily::isHashed)
                .forEach(family -> database.scanAll(family, (key, value) -> {
                    sum[0] = sum[0].plus(hasher.entry(family, key, value));
                    return true;
                }));
        return sum[0].at(head.position().registryIndex());
    }

    @Override
    public void checkpoint(Path target) {
        database.checkpoint(target);
    }

    @Override
    public StoreFigures figures() {
        return database.figures();
    }

    @Override
    public void flush() {
        database.flush();
    }

    @Override
    public void close() {
        database.close();
    }

    /** Takes note of a batch that was written. */
    void committed(StoreHead after) {
        head = after;
    }

    /** Takes note of the end of the open transaction. */
    void ended() {
        hasTransaction.set(false);
    }

    private <V> void forEach(Table<?, V> table, Consumer<V> consumer) {
        database.scanAll(table.family(), (key, value) -> {
            consumer.accept(table.decode(key, value));
            return true;
        });
    }
}
