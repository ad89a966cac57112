package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongHistogram;
import io.rollcall.server.raft.RaftFigures;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.store.StoreFigures;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Measures what a node agrees on with the others, and where it lies. */
final class RaftMetrics {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int[] PERCENTILES = {50, 99};

    private final Instruments instruments;
    private final InstantSource clock;

    RaftMetrics(Instruments instruments, InstantSource clock) {
        this.instruments = instruments;
        this.clock = clock;
    }

    void raft(RaftFigures raft) {
        instruments.gauge(MetricNames.TERM, raft::term);
        instruments.gauge(MetricNames.LEADS, () -> raft.leads() ? 1 : 0);
        instruments.gauge(MetricNames.HAS_LEADER, () -> raft.knowsLeader() ? 1 : 0);
        instruments.gauge(MetricNames.COMMITTED, raft::committedIndex);
        instruments.gauge(MetricNames.APPLIED, raft::appliedIndex);
        instruments.gauge(MetricNames.APPLY_LAG, () -> {
            // Applied first: it must not overtake what it is compared with.
            long applied = raft.appliedIndex();
            return Math.max(0, raft.committedIndex() - applied);
        });
        instruments.countEach(MetricNames.ELECTIONS, points -> points.add(raft.elections()));
        instruments.countEach(MetricNames.ELECTION_TIMEOUTS, points -> points.add(raft.electionTimeouts()));
        instruments.countEach(MetricNames.SNAPSHOTS_SENT, points -> points.add(raft.snapshotsSent()));
        instruments.gauge(MetricNames.LOG_SIZE, raft::logBytes);
        instruments.countEach(MetricNames.LOG_SYNCS, points -> points.add(raft.logSyncs()));
        instruments.gaugeEach(MetricNames.LOG_SYNC_TIME, points -> {
            for (int percentile : PERCENTILES) {
                points.add(raft.logSyncSeconds(percentile / 100.0), Integer.toString(percentile));
            }
        });
        instruments.gauge(MetricNames.LOG_QUEUE, raft::logQueue);
        LongHistogram sizes = instruments.sizes(MetricNames.BATCH_SIZE);
        raft.batchSizes().listen(size -> sizes.record(size, Attributes.empty()));
        instruments.gauge(MetricNames.PROPOSALS_WAITING, raft::waitingCommands);
        instruments.time(MetricNames.BARRIER_TIME, raft.barrierNanos());
        instruments.count(MetricNames.BARRIER_FAILURES, raft::barrierFailures);
        instruments.time(MetricNames.APPLY_TIME, raft.applyNanos());
        store(raft);
        stored(raft);
    }

    private void store(RaftFigures raft) {
        store(raft, MetricNames.MEMTABLES, StoreFigures::memtableBytes);
        store(raft, MetricNames.STORE_FILES, StoreFigures::fileBytes);
        store(raft, MetricNames.BLOCK_CACHE, StoreFigures::blockCacheBytes);
        store(raft, MetricNames.COMPACTION_PENDING, StoreFigures::pendingCompactionBytes);
        store(raft, MetricNames.COMPACTIONS, StoreFigures::compactions);
        store(raft, MetricNames.FLUSHES, StoreFigures::flushes);
        store(raft, MetricNames.WRITES_STOPPED, figures -> figures.isWriteStopped() ? 1 : 0);
        store(raft, MetricNames.WRITE_RATE, StoreFigures::writeBytesPerSecond);
        store(raft, MetricNames.REQUESTS_REMEMBERED, StoreFigures::requests);
    }

    private void store(RaftFigures raft, Metric metric, ToDoubleFunction<StoreFigures> figure) {
        instruments.gauge(metric, () -> raft.store().map(figure::applyAsDouble).orElse(Double.NaN));
    }

    private void stored(RaftFigures raft) {
        stored(raft, MetricNames.HISTORY_EVENTS, reader ->
                (double) reader.history().events());
        stored(raft, MetricNames.CONFIG_VERSIONS, reader ->
                (double) reader.configTotals().versions());
        stored(raft, MetricNames.CONFIG_SIZE, reader ->
                (double) reader.configTotals().bytes());
        keys(raft, MetricNames.KEYS, keyset -> keyset.keyIds().size());
        keys(raft, MetricNames.KEY_AGE, keyset -> (clock.millis() - keyset.putAtMillis()) / MILLIS_PER_SECOND);
        keys(raft, MetricNames.RESEAL_DONE, KeysetRecord::done);
        keys(raft, MetricNames.RESEAL_TOTAL, KeysetRecord::total);
    }

    private void stored(RaftFigures raft, Metric metric, Function<StateReader, Double> figure) {
        instruments.gauge(metric, () -> raft.stored(figure).orElse(Double.NaN));
    }

    private void keys(RaftFigures raft, Metric metric, ToDoubleFunction<KeysetRecord> figure) {
        stored(raft, metric, reader -> {
            KeysetRecord keyset = reader.keyset();
            return keyset == null ? Double.NaN : figure.applyAsDouble(keyset);
        });
    }
}
