package io.rollcall.bench.suite;

import io.rollcall.bench.load.HttpLoad;
import io.rollcall.bench.load.LoadPlan;
import io.rollcall.bench.load.LoadResult;
import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** What heartbeats alone add to the Raft log. */
final class HeartbeatLog implements Experiment {

    private static final String FIGURE = "Raft log entries under heartbeats alone, 10,000 instances, ttl 30s";
    private static final int INSTANCES = 10_000;
    private static final Duration TIME = Duration.ofSeconds(30);

    /** Each instance every 10 s, as the answers ask for. */
    private static final double SINGLES_PER_SECOND = INSTANCES / 10.0;

    private static final double BATCHES_PER_SECOND = SINGLES_PER_SECOND / Fleet.BEATS;
    private static final int CALLERS = 64;
    private static final int BATCH_CALLERS = 4;
    private static final double ENTRIES_PER_SECOND_MAX = 1;

    @Override
    public void run(TestBed bed, Report report) {
        try (var rollcall = bed.newRollcall(TestBed.MEMBERS, bed.options().nodeJvmOptions())) {
            var leader = rollcall.leader();
            var fleet = new Fleet("beating", "30s", INSTANCES);
            fleet.registerAll(rollcall.address(leader));

            var batches = Requests.inTurn(fleet.batches(0, INSTANCES));
            add(
                    report,
                    rollcall,
                    "batches of " + Fleet.BEATS,
                    Fleet.BEATS,
                    time -> HttpLoad.run(
                            LoadPlan.open(rollcall.addresses(), BATCH_CALLERS, time, BATCHES_PER_SECOND), batches));
            var singles = Requests.inTurn(fleet.singles());
            add(
                    report,
                    rollcall,
                    "one by one",
                    1,
                    time -> HttpLoad.run(
                            LoadPlan.open(rollcall.addresses(), CALLERS, time, SINGLES_PER_SECOND), singles));

            var healthy = rollcall.healthyInstances(leader);
            if (healthy != INSTANCES) {
                throw new IllegalStateException(healthy + " of " + INSTANCES + " beating instances are healthy");
            }
        }
    }

    private static void add(
            Report report,
            RollcallCluster rollcall,
            String how,
            int beatsPerAnswer,
            Function<Duration, LoadResult> load) {
        Progress.say(FIGURE + ": " + how);
        var leader = rollcall.leader();
        var before = rollcall.committed(leader);
        var start = System.nanoTime();
        var result = load.apply(TIME);
        var entries = (rollcall.committed(leader) - before) / ((System.nanoTime() - start) / 1e9);
        report.add(new Row(
                FIGURE,
                how + ", all nodes",
                "1/s",
                Series.of(entries),
                Map.of("beats/s", Series.of(beatsPerAnswer * result.ratePerSecond())),
                result.failures(),
                Target.atMost(ENTRIES_PER_SECOND_MAX)));
    }
}
