package io.rollcall.statemachine.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** The tables as of one moment. For one thread, while {@link RocksDatabase#frozen} runs. */
final class FrozenDatabase {

    private final RocksDB rocks;
    private final Snapshot snapshot;
    private final Function<ColumnFamily, ColumnFamilyHandle> handles;

    FrozenDatabase(RocksDB rocks, Snapshot snapshot, Function<ColumnFamily, ColumnFamilyHandle> handles) {
        this.rocks = rocks;
        this.snapshot = snapshot;
        this.handles = handles;
    }

    byte @Nullable [] get(ColumnFamily family, byte[] key) {
        try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
            return rocks.get(handles.apply(family), options, key);
        } catch (RocksDBException e) {
            throw failed(family, e);
        }
    }

    /** Goes up from a key through all keys that begin as told. */
    void scan(ColumnFamily family, byte[] prefix, byte[] from, RocksDatabase.Visitor visitor) {
        try (ReadOptions options = new ReadOptions().setSnapshot(snapshot);
                RocksIterator entries = rocks.newIterator(handles.apply(family), options)) {
            boolean goOn = true;
            for (entries.seek(from); goOn && entries.isValid(); entries.next()) {
                byte[] key = entries.key();
                goOn = Keys.startsWith(key, prefix) && visitor.visit(key, entries.value());
            }
            // An iterator that fails ends as if there were nothing more.
            entries.status();
        } catch (RocksDBException e) {
            throw failed(family, e);
        }
    }

    /**
     * Goes down from a key, itself included, through all keys that begin as told.
     *
     * @param lowest no key below it is looked at, nor the traces of what was removed there
     */
    void scanBack(ColumnFamily family, byte[] prefix, byte[] from, byte[] lowest, RocksDatabase.Visitor visitor) {
        try (Slice bound = new Slice(lowest);
                ReadOptions options = new ReadOptions().setSnapshot(snapshot).setIterateLowerBound(bound);
                RocksIterator entries = rocks.newIterator(handles.apply(family), options)) {
            boolean goOn = true;
            for (entries.seekForPrev(from); goOn && entries.isValid(); entries.prev()) {
                byte[] key = entries.key();
                goOn = Keys.startsWith(key, prefix) && visitor.visit(key, entries.value());
            }
            entries.status();
        } catch (RocksDBException e) {
            throw failed(family, e);
        }
    }

    private static StoreException failed(ColumnFamily family, RocksDBException e) {
        return new StoreException("cannot read " + family.familyName() + " as of a moment", e);
    }
}
