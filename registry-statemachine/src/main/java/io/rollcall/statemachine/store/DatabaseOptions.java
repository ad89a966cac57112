package io.rollcall.statemachine.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;

/** The settings of RocksDB, each with its reason, and the native memory behind them. Closed after the database. */
final class DatabaseOptions implements AutoCloseable {

    private static final long MIB = 1024 * 1024;

    /** Blocks of data read from files, shared by all tables. Discovery never comes here. */
    private static final long BLOCK_CACHE_BYTES = 64 * MIB;

    /** What one table gathers in memory before it is flushed, with all others. */
    private static final long TABLE_WRITE_BUFFER_BYTES = 32 * MIB;

    /** What all tables together gather in memory: as much as a restart replays from the log, at most. */
    private static final long ALL_WRITE_BUFFERS_BYTES = 64 * MIB;

    /** Writes go on into new buffers while old ones are being flushed. */
    private static final int WRITE_BUFFERS_MAX = 3;

    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final int BLOCK_BYTES = 8 * 1024;
    private static final int BACKGROUND_JOBS = 2;
    private static final int LOG_FILES_KEPT = 3;

    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
    private final DBOptions database;
    private final ColumnFamilyOptions family;

    DatabaseOptions() {
        Cache cache = own(new LRUCache(BLOCK_CACHE_BYTES));
        BlockBasedTableConfig blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                // A new instance, tombstone or request is looked up before it is written, and is not there.
                .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY)))
                // Filters and indexes stay in memory with their files, some 3 bytes a key: in the cache, blocks of data
                // would push them out, and a look-up would read hundreds of kilobytes.
                .setCacheIndexAndFilterBlocks(false);
        this.family = own(new ColumnFamilyOptions())
                .setTableFormatConfig(blocks)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(TABLE_WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(WRITE_BUFFERS_MAX);
        this.database = own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // The Raft log is the write-ahead log. Without RocksDB's own, tables that were flushed one by one
                // would come apart from each other and from the applied position.
                .setAtomicFlush(true)
                .setDbWriteBufferSize(ALL_WRITE_BUFFERS_BYTES)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                // Written through bit by bit, so that the Raft log's fsync does not wait behind a whole file.
                .setBytesPerSync(MIB)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(LOG_FILES_KEPT)
                .setStatsDumpPeriodSec(0);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family() {
        return family;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }

    private <N extends AbstractNativeReference> N own(N reference) {
        owned.push(reference);
        return reference;
    }
}
