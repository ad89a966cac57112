package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a snapshot whenever the log has grown enough since the one before, by entries or by bytes: configuration values
 * make entries a thousand times larger than heartbeats of services do. For the one thread that applies the log.
 */
final class SnapshotRhythm {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRhythm.class);

    /** After a snapshot that failed, and stopped the application of entries while it did. */
    static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

    private final LiveDatabase database;
    private final CheckpointStorage snapshots;
    private final LogLimits limits;
    private final FlushAhead flushAhead = new FlushAhead();

    private long snapshotIndex;
    private long bytesSince;
    private long notBeforeNanos = System.nanoTime();

    SnapshotRhythm(LiveDatabase database, CheckpointStorage snapshots, LogLimits limits) {
        this.database = database;
        this.snapshots = snapshots;
        this.limits = limits;
    }

    /** The state is that of the newest snapshot, or newer; Ratis gives the entries behind that snapshot next. */
    void restart(long newestSnapshotIndex) {
        flushAhead.reset();
        snapshotIndex = newestSnapshotIndex;
        bytesSince = 0;
    }

    /** An entry was applied, or passed over in replay: both lie in the log. */
    void grown(long bytes) {
        bytesSince += bytes;
    }

    private boolean isDue(TermIndex applied) {
        boolean grown =
                applied.getIndex() - snapshotIndex >= limits.snapshotEntries() || bytesSince >= limits.snapshotBytes();
        return grown && System.nanoTime() - notBeforeNanos >= 0;
    }

    /**
     * Takes a snapshot if one is due.
     *
     * @param applied what the database holds, but for entries of Ratis' own at its end
     * @return its index; empty if none was due, or it could not be taken now: to be asked again
     */
    OptionalLong takeIfDue(TermIndex applied) {
        if (!isDue(applied)) {
            return OptionalLong.empty();
        }
        try {
            RegistryStore store = database.advancedTo(applied);
            if (!flushAhead.isDone(store)) {
                // Ratis goes on applying, and asks again.
                return OptionalLong.empty();
            }
            long startNanos = System.nanoTime();
            snapshots.write(store);
            LOG.atInfo()
                    .addKeyValue("index", applied.getIndex())
                    .addKeyValue("logBytes", bytesSince)
                    .addKeyValue("tookMillis", (System.nanoTime() - startNanos) / 1_000_000)
                    .log("took a snapshot");
            restart(applied.getIndex());
            return OptionalLong.of(applied.getIndex());
        } catch (IOException | StoreException e) {
            // Ratis keeps its log and asks again at once; nothing that was promised depends on this snapshot.
            flushAhead.reset();
            notBeforeNanos = System.nanoTime() + RETRY_INTERVAL.toNanos();
            LOG.atError().addKeyValue("index", applied.getIndex()).setCause(e).log("could not take a snapshot");
            return OptionalLong.empty();
        }
    }
}
