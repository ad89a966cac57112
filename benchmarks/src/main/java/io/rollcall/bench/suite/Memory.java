package io.rollcall.bench.suite;

import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.JvmProbe;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** A million instances: the heap they take, the time to load them, and the time to serve them again after a restart. */
final class Memory implements Experiment {

    private static final String HEAP = "-Xmx4g";
    private static final double HEAP_GIB_MAX = 4;
    private static final double RESTART_SECONDS_MAX = 20;
    private static final int BATCH = 1_000;
    private static final int REPORT_EVERY = 100_000;
    private static final double GIB = 1L << 30;

    private final Target heap = Target.atMost(HEAP_GIB_MAX);

    @Override
    public void run(TestBed bed, Report report) throws IOException {
        var instances = bed.options().memoryInstances();
        var figure = String.format(
                Locale.ROOT,
                "%,d instances, %s, %d node(s)",
                instances,
                HEAP,
                bed.options().memoryNodes());
        try (var rollcall = bed.newRollcall(
                bed.options().memoryNodes(), HEAP + " " + bed.options().nodeJvmOptions())) {
            var seconds = load(rollcall, instances);
            report.add(Row.of(figure, "load, one caller, batches of 1,000", "s", Series.of(seconds), null));
            report.add(Row.of(figure, "live heap of the leader, loaded", "GiB", heapOf(rollcall), heap));
            restart(rollcall, figure, report, false);
            restart(rollcall, figure, report, true);
            requireAll(rollcall, instances);
            report.add(Row.of(figure, "live heap after a restart", "GiB", heapOf(rollcall), heap));
        }
    }

    private static double load(RollcallCluster rollcall, int instances) {
        var leader = rollcall.address(rollcall.leader());
        var start = System.nanoTime();
        for (var from = 0; from < instances; from += BATCH) {
            var until = Math.min(instances, from + BATCH);
            Instances.register(leader, Instances.batch("fleet", from, until));
            if (until % REPORT_EVERY == 0) {
                Progress.say("loaded " + until + " of " + instances);
            }
        }
        return secondsSince(start);
    }

    private static Series heapOf(RollcallCluster rollcall) throws IOException {
        try (var probe = JvmProbe.attach(rollcall.process(rollcall.leader()).pid())) {
            return Series.of(probe.liveHeapBytes() / GIB);
        }
    }

    private static void restart(RollcallCluster rollcall, String figure, Report report, boolean killed) {
        var member = rollcall.leader();
        if (killed) {
            rollcall.kill(member);
        } else {
            rollcall.stop(member);
        }
        var how = killed ? "kill -9" : "SIGTERM";
        Progress.say("restarting after " + how);
        var start = System.nanoTime();
        rollcall.restart(member);
        var seconds = Series.of(secondsSince(start));
        report.add(Row.of(
                figure, "from start to serving, after " + how, "s", seconds, Target.atMost(RESTART_SECONDS_MAX)));
    }

    private static void requireAll(RollcallCluster rollcall, int instances) {
        for (var address : rollcall.addresses()) {
            var total = Calls.require(address, "GET", "/api/v1/stats", "")
                    .json()
                    .path("totalInstances")
                    .asInt();
            if (total != instances) {
                throw new IllegalStateException(address + " has " + total + " of " + instances + " instances");
            }
        }
    }

    private static double secondsSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }
}
