package io.rollcall.statemachine.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The database as keys and values. Thread-safe. Each call holds a lock that {@link #close} waits for: native memory must
 * not be freed under a reader, which would end the process with no word.
 */
final class RocksDatabase implements AutoCloseable {

    static {
        RocksDB.loadLibrary();
    }

    private static final String BACKGROUND_ERRORS = "rocksdb.background-errors";
    private static final long SCAN_READAHEAD_BYTES = 2 * 1024 * 1024;

    private final Path folder;
    private final DatabaseOptions options;
    private final RocksDB rocks;
    private final Map<ColumnFamily, ColumnFamilyHandle> handles;
    private final ReadOptions lookups = new ReadOptions();
    private final WriteOptions withoutLog = new WriteOptions().setDisableWAL(true);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final BackgroundWatch watch;
    private boolean closed;

    /** One call on the open database. */
    private interface Call<R extends @Nullable Object> {
        R run() throws RocksDBException;
    }

    /** Takes entries in the order of their keys. */
    interface Visitor {
        /** Returns whether to go on. */
        boolean visit(byte[] key, byte[] value);
    }

    private RocksDatabase(
            Path folder,
            DatabaseOptions options,
            RocksDB rocks,
            Map<ColumnFamily, ColumnFamilyHandle> handles,
            Consumer<StoreException> onBackgroundError) {
        this.folder = folder;
        this.options = options;
        this.rocks = rocks;
        this.handles = handles;
        this.watch = new BackgroundWatch(this::requireNoBackgroundError, onBackgroundError);
    }

    static RocksDatabase open(Path folder, Consumer<StoreException> onBackgroundError) {
        DatabaseOptions options = new DatabaseOptions();
        try {
            requireKnownFamilies(folder);
            List<ColumnFamilyDescriptor> descriptors = Arrays.stream(ColumnFamily.values())
                    .map(family -> new ColumnFamilyDescriptor(family.nameBytes(), options.family()))
                    .toList();
            List<ColumnFamilyHandle> opened = new ArrayList<>();
            RocksDB rocks = RocksDB.open(options.database(), folder.toString(), descriptors, opened);
            Map<ColumnFamily, ColumnFamilyHandle> handles = new EnumMap<>(ColumnFamily.class);
            // RocksDB returns the handles in the order of the descriptors.
            for (ColumnFamily family : ColumnFamily.values()) {
                handles.put(family, opened.get(handles.size()));
            }
            return new RocksDatabase(folder, options, rocks, handles, onBackgroundError);
        } catch (RocksDBException e) {
            options.close();
            throw new StoreException("cannot open the database in " + folder, e);
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static void requireKnownFamilies(Path folder) throws RocksDBException {
        List<String> known = Arrays.stream(ColumnFamily.values())
                .map(ColumnFamily::familyName)
                .toList();
        try (Options plain = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(plain, folder.toString())) {
                if (!known.contains(Keys.text(name))) {
                    throw new StoreException(
                            "the database in " + folder + " has a table '" + Keys.text(name)
                                    + "' that is unknown here; run the version that wrote it or a newer one",
                            null);
                }
            }
        }
    }

    byte @Nullable [] get(ColumnFamily family, byte[] key) {
        return whileOpen("read " + family.familyName(), () -> rocks.get(handle(family), lookups, key));
    }

    /** Goes through a table from a key on, as of the call. */
    void scan(ColumnFamily family, byte[] from, Visitor visitor) {
        whileOpen("scan " + family.familyName(), () -> {
            try (RocksIterator entries = rocks.newIterator(handle(family), lookups)) {
                return visit(entries, from, visitor);
            }
        });
    }

    /** Goes through a whole table, as of the call, leaving the cache to others. */
    void scanAll(ColumnFamily family, Visitor visitor) {
        whileOpen("scan " + family.familyName(), () -> {
            try (ReadOptions once = new ReadOptions().setFillCache(false).setReadaheadSize(SCAN_READAHEAD_BYTES);
                    RocksIterator entries = rocks.newIterator(handle(family), once)) {
                return visit(entries, Keys.FIRST, visitor);
            }
        });
    }

    private static boolean visit(RocksIterator entries, byte[] from, Visitor visitor) throws RocksDBException {
        boolean goOn = true;
        for (entries.seek(from); goOn && entries.isValid(); entries.next()) {
            goOn = visitor.visit(entries.key(), entries.value());
        }
        // An iterator that fails ends as if there were nothing more.
        entries.status();
        return goOn;
    }

    /** Runs reads that all see the tables as of the call; closing waits for them. */
    <R> R frozen(Function<FrozenDatabase, R> reads) {
        return whileOpen("read", () -> {
            Snapshot snapshot = rocks.getSnapshot();
            try {
                return reads.apply(new FrozenDatabase(rocks, snapshot, this::handle));
            } finally {
                rocks.releaseSnapshot(snapshot);
            }
        });
    }

    /** A batch to be filled, written and closed. */
    Batch batch() {
        return new Batch();
    }

    /** Writes to all tables that become visible, and durable, together. For one thread. */
    final class Batch implements AutoCloseable {

        private final WriteBatch writes = new WriteBatch();

        private Batch() {}

        void put(ColumnFamily family, byte[] key, byte[] value) {
            whileOpen("put to " + family.familyName(), () -> {
                writes.put(handle(family), key, value);
                return true;
            });
        }

        void delete(ColumnFamily family, byte[] key) {
            whileOpen("delete from " + family.familyName(), () -> {
                writes.delete(handle(family), key);
                return true;
            });
        }

        void write() {
            whileOpen("write a batch to", () -> {
                rocks.write(withoutLog, writes);
                return true;
            });
            requireNoBackgroundError();
        }

        @Override
        public void close() {
            writes.close();
        }
    }

    // Writes would go on into memory until there is no more, and then wait for ever.
    private void requireNoBackgroundError() {
        long errors = whileOpen("ask for errors in", () -> rocks.getLongProperty(BACKGROUND_ERRORS));
        if (errors > 0) {
            throw new StoreException(
                    "RocksDB failed in the background in " + folder + " (" + errors
                            + " errors; see the file LOG there)",
                    null);
        }
    }

    StoreFigures figures() {
        return whileOpen(
                "measure",
                () -> new StoreFigures(
                        rocks.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables"),
                        rocks.getAggregatedLongProperty("rocksdb.live-sst-files-size"),
                        // Of a cache that all tables share: asked of each of them it is the same.
                        rocks.getLongProperty("rocksdb.block-cache-usage"),
                        rocks.getAggregatedLongProperty("rocksdb.estimate-pending-compaction-bytes"),
                        rocks.getLongProperty("rocksdb.num-running-compactions"),
                        rocks.getLongProperty("rocksdb.num-running-flushes"),
                        rocks.getLongProperty("rocksdb.is-write-stopped") > 0,
                        rocks.getLongProperty("rocksdb.actual-delayed-write-rate"),
                        rocks.getLongProperty(handle(ColumnFamily.REQUESTS), "rocksdb.estimate-num-keys")));
    }

    /** Makes what is written durable, all tables at one point. */
    void flush() {
        whileOpen("flush", () -> {
            try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
                rocks.flush(wait, List.copyOf(handles.values()));
            }
            return true;
        });
    }

    /** Flushes, and links all files into a new folder. */
    void checkpoint(Path target) {
        whileOpen("write a checkpoint to " + target + " of", () -> {
            try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
                checkpoint.createCheckpoint(target.toString());
            }
            return true;
        });
    }

    /** Waits for all calls to end, flushes and frees everything. Calls that come later are refused. */
    @Override
    public void close() {
        watch.close();
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void free() {
        handles.values().forEach(ColumnFamilyHandle::close);
        try {
            rocks.closeE();
        } catch (RocksDBException e) {
            throw new StoreException("cannot close the database in " + folder, e);
        } finally {
            lookups.close();
            withoutLog.close();
            options.close();
        }
    }

    private ColumnFamilyHandle handle(ColumnFamily family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) {
            throw new IllegalStateException("table " + family.familyName() + " was not opened");
        }
        return handle;
    }

    private <R extends @Nullable Object> R whileOpen(String what, Call<R> call) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the database in " + folder + " is closed");
            }
            return call.run();
        } catch (RocksDBException e) {
            throw new StoreException("cannot " + what + " the database in " + folder, e);
        } finally {
            lock.readLock().unlock();
        }
    }
}
