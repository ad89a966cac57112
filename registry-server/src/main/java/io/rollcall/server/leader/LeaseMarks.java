package io.rollcall.server.leader;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.LeaseAge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What the log keeps of the leases: now and then the last beat of each, to be shown by other nodes, and of long leases the
 * silence, so that a new leader need not begin anew. A beat that follows a marked silence takes the mark back before it is
 * acknowledged: otherwise a new leader would count a silence that has ended.
 *
 * <p>Guarded by the lock of {@link LeaderTerm}; times are those of {@link LeaseClock}.
 */
final class LeaseMarks {

    /** Leases longer than this are marked while they are silent. */
    static final Duration LONG_LEASE = Duration.ofSeconds(60);

    /** From one mark of a beating lease to the next. */
    static final Duration BEAT_INTERVAL = Duration.ofSeconds(60);

    /** From one entry to the next: heartbeats alone make the log grow by no more than this. */
    static final Duration FLUSH_INTERVAL = Duration.ofSeconds(2);

    static final int BATCH_MAX = 1_000;

    /** What waits to be marked; beyond it marks of beats are left for later. */
    private static final int WAITING_MAX = 10_000;

    private static final long NANOS_OF_SECOND = 1_000_000_000;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final LeaderLog log;
    private final long term;
    private final InstantSource wallClock;
    private final Map<InstanceKey, LeaseAge> waiting = new LinkedHashMap<>();
    private long flushedAtNanos;

    LeaseMarks(LeaderLog log, long term, InstantSource wallClock, long nowNanos) {
        this.log = log;
        this.term = term;
        this.wallClock = wallClock;
        this.flushedAtNanos = nowNanos;
    }

    /** A lease beats as usual. */
    void seen(Lease lease, long nowNanos) {
        int nowSeconds = (int) (nowNanos / NANOS_OF_SECOND);
        boolean old = nowSeconds - lease.markedAtSeconds >= BEAT_INTERVAL.toSeconds();
        if (lease.beaten && old && waiting.size() < WAITING_MAX) {
            lease.markedAtSeconds = nowSeconds;
            put(lease, nowNanos, 0);
        }
    }

    /** A lease has missed a beat, and has not lapsed. */
    void silent(Lease lease, long nowNanos) {
        long silentMillis = lease.silentMillis(nowNanos);
        if (lease.ttlMillis > LONG_LEASE.toMillis() && silentMillis >= lease.ttlMillis / 2) {
            lease.silenceMarked = true;
            put(lease, nowNanos, silentMillis);
        }
    }

    private void put(Lease lease, long nowNanos, long silentMillis) {
        InstanceKey key = lease.service.instanceKey(lease);
        waiting.put(key, age(lease, key, nowNanos, silentMillis));
    }

    private LeaseAge age(Lease lease, InstanceKey key, long nowNanos, long silentMillis) {
        long lastBeatMillis = lease.beaten ? lastBeatMillis(lease, nowNanos) : 0;
        return new LeaseAge(key, lease.incarnation, lastBeatMillis, silentMillis);
    }

    /** The last beat by the wall clock as it is now: to be shown, never compared. */
    long lastBeatMillis(Lease lease, long nowNanos) {
        return wallClock.millis() - (nowNanos - lease.lastBeatNanos) / NANOS_OF_MILLI;
    }

    /** Takes the mark of a silence back; done once that is committed. */
    CompletableFuture<Void> heardAgain(Lease lease, long nowNanos) {
        InstanceKey key = lease.service.instanceKey(lease);
        waiting.remove(key);
        return write(List.of(age(lease, key, nowNanos, 0)));
    }

    /** To be called often: writes what waits, once an interval. */
    void flush(long nowNanos) {
        if (waiting.isEmpty() || nowNanos - flushedAtNanos < FLUSH_INTERVAL.toNanos()) {
            return;
        }
        flushedAtNanos = nowNanos;
        List<LeaseAge> batch = new ArrayList<>();
        Iterator<LeaseAge> ages = waiting.values().iterator();
        while (ages.hasNext() && batch.size() < BATCH_MAX) {
            batch.add(ages.next());
            ages.remove();
        }
        // A mark that is lost leaves the one before it, which is only older.
        var unused = write(batch).exceptionally(lost -> null);
    }

    private CompletableFuture<Void> write(List<LeaseAge> ages) {
        CommandHeader header = CommandHeader.of(UUID.randomUUID().toString());
        return log.append(new Command.CheckpointLeases(header, term, ages)).thenAccept(done -> {});
    }
}
