package io.rollcall.statemachine.store;

/**
 * How a store does, cheap to find out: RocksDB keeps these figures anyway.
 *
 * @param memtableBytes what it holds in memory and has not flushed
 * @param fileBytes what its live files take
 * @param blockCacheBytes what its cache of blocks holds
 * @param pendingCompactionBytes what compactions have yet to rewrite
 * @param compactions that run
 * @param flushes that run
 * @param isWriteStopped whether it takes no writes
 * @param writeBytesPerSecond the pace that it holds writes to; 0: none
 * @param requests remembered request ids; an estimate
 */
public record StoreFigures(
        long memtableBytes,
        long fileBytes,
        long blockCacheBytes,
        long pendingCompactionBytes,
        long compactions,
        long flushes,
        boolean isWriteStopped,
        long writeBytesPerSecond,
        long requests) {

    /** Of a store that is all in memory. */
    public static final StoreFigures NONE = new StoreFigures(0, 0, 0, 0, 0, 0, false, 0, 0);
}
