package io.rollcall.server.config;

import java.time.Duration;

/**
 * How a node tells readers of changes.
 *
 * @param maxStreams watch streams at a time
 * @param maxBlockingReads blocking reads that wait at a time
 * @param syncInterval how often a stream that has nothing to say says that it is alive, and how far it has come
 * @param writeTimeout how long one write to a stream may be stuck before its reader is dropped
 * @param maxQueuedChanges changes that may wait to be told; beyond it streams start anew by a snapshot
 * @param configChanges latest changes of configuration that are told from memory; earlier ones are read from the store
 */
public record WatchSettings(
        int maxStreams,
        int maxBlockingReads,
        Duration syncInterval,
        Duration writeTimeout,
        int maxQueuedChanges,
        int configChanges) {

    /** What holds unless something is set. */
    public static final WatchSettings DEFAULT =
            new WatchSettings(20_000, 20_000, Duration.ofSeconds(10), Duration.ofSeconds(30), 65_536, 16_384);
}
