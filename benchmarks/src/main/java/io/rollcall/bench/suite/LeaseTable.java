package io.rollcall.bench.suite;

import io.rollcall.bench.load.HttpLoad;
import io.rollcall.bench.load.LoadPlan;
import io.rollcall.bench.load.RequestSource;
import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.JvmProbe;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a million leases of 30 s cost the one who holds them: heap, and processor time while nothing happens and while beats
 * come. The same instances without leases, on another node, are what it is compared with.
 */
final class LeaseTable implements Experiment {

    private static final String HEAP = "-Xmx4g";
    private static final String LEASES = "io.rollcall.server.leader.";
    private static final int TTL_SECONDS = 30;
    private static final double HEAP_MEGABYTES_MAX = 500;
    private static final double MEGABYTE = 1e6;

    /** Registrations go on for this long before all leases are renewed; with the renewals they must stay below the TTL. */
    private static final Duration LOAD_SLICE = Duration.ofSeconds(8);

    /** No lease may end in a window that begins when all were just renewed. */
    private static final Duration WINDOW_MAX = Duration.ofSeconds(10);

    private static final Duration RENEWAL_SLICE = Duration.ofMillis(200);
    private static final int CALLERS = 4;
    private static final int SAY_EVERY = 100_000;

    /** Threads that take less say nothing. */
    private static final double PERCENT_SHOWN_MIN = 0.5;

    /** One run of a node with its instances; with leases if there are batches that renew them. */
    private static final class Holder {

        private final RollcallCluster node;
        private final Fleet fleet;
        private final boolean beats;
        private final List<byte[]> batches = new ArrayList<>();
        private final RequestSource renewals = Requests.inTurn(batches);
        private long renewed;

        Holder(RollcallCluster node, Fleet fleet, boolean beats) {
            this.node = node;
            this.fleet = fleet;
            this.beats = beats;
        }

        void load() {
            var due = System.nanoTime() + LOAD_SLICE.toNanos();
            while (!fleet.isComplete()) {
                var from = fleet.size();
                fleet.registerNext(node.address(0));
                if (beats) {
                    batches.addAll(fleet.batches(from, fleet.size()));
                }
                if (fleet.size() % SAY_EVERY == 0) {
                    Progress.say("loaded " + fleet.size() + (beats ? " instances with leases" : " instances"));
                }
                if (System.nanoTime() - due > 0) {
                    renewAll();
                    due = System.nanoTime() + LOAD_SLICE.toNanos();
                }
            }
        }

        /** Renews each lease once or more, as fast as the node answers. */
        void renewAll() {
            var until = renewed + batches.size();
            while (renewed < until) {
                renew(LoadPlan.closed(node.addresses(), CALLERS, RENEWAL_SLICE));
            }
        }

        void renew(LoadPlan plan) {
            var result = HttpLoad.run(plan, renewals);
            if (result.failed() > 0) {
                throw new IllegalStateException("heartbeats failed: " + result.failures());
            }
            renewed += result.latencyMicros().getTotalCount();
        }

        JvmProbe probe() throws IOException {
            return JvmProbe.attach(node.process(0).pid());
        }
    }

    /** The shares of one core, round by round: of the process, and of its threads. */
    private static final class Shares {

        private final List<Double> whole = new ArrayList<>();
        private final Map<String, List<Double>> threads = new TreeMap<>();

        void measure(Holder holder, JvmProbe probe, Runnable activity) throws IOException {
            var before = probe.threadNanos();
            var start = System.nanoTime();
            whole.add(CpuShare.percent(holder.node.process(0), activity));
            var nanos = System.nanoTime() - start;
            probe.threadNanos()
                    .forEach((name, after) -> threads.computeIfAbsent(name, absent -> new ArrayList<>())
                            .add(100.0 * (after - before.getOrDefault(name, 0L)) / nanos));
        }

        Row row(String figure, String subject) {
            var details = new LinkedHashMap<String, Series>();
            threads.forEach((name, shares) -> {
                var series = new Series(shares);
                if (series.median() >= PERCENT_SHOWN_MIN) {
                    details.put("% " + name, series);
                }
            });
            return new Row(figure, subject, "%", new Series(whole), details, Map.of(), null);
        }
    }

    @Override
    public void run(TestBed bed, Report report) throws IOException {
        var count = bed.options().memoryInstances();
        var figure = String.format(Locale.ROOT, "%,d leases of %d s, one node, %s", count, TTL_SECONDS, HEAP);
        var withoutLeases = withoutLeases(bed, report, figure);
        try (var node = start(bed)) {
            var holder = new Holder(node, new Fleet("fleet", TTL_SECONDS + "s", count), true);
            holder.load();
            holder.renewAll();
            try (var probe = holder.probe()) {
                addHeap(report, figure, probe, withoutLeases, count);
                addShares(bed, report, figure, holder, probe);
            }
            holder.fleet.requireRenewed(node.address(0));
            requireHealthy(node, count);
        }
    }

    private static RollcallCluster start(TestBed bed) {
        return bed.newRollcall(1, HEAP + " " + bed.options().nodeJvmOptions());
    }

    /** Returns the bytes of heap that the same instances take without leases. */
    private static long withoutLeases(TestBed bed, Report report, String figure) throws IOException {
        try (var node = start(bed)) {
            var fleet = new Fleet("fleet", "0s", bed.options().memoryInstances());
            var holder = new Holder(node, fleet, false);
            holder.load();
            try (var probe = holder.probe()) {
                var bytes = probe.liveHeapBytes();
                var shares = new Shares();
                for (var round = 0; round < bed.options().rounds(); round++) {
                    shares.measure(holder, probe, () -> Calls.pause(window(bed)));
                }
                report.add(shares.row(figure, "cpu, the same instances without leases"));
                return bytes;
            }
        }
    }

    private static void addHeap(Report report, String figure, JvmProbe probe, long withoutLeases, int count)
            throws IOException {
        var leases = probe.liveHeapBytes() - withoutLeases;
        report.add(new Row(
                figure,
                "live heap, less that without leases",
                "MB",
                Series.of(leases / MEGABYTE),
                Map.of("bytes a lease", Series.of((double) leases / count)),
                Map.of(),
                Target.atMost(HEAP_MEGABYTES_MAX)));
        var table = probe.classHistogram().bytesOf(LEASES);
        report.add(Row.of(
                figure, "of it in objects of the leader's own classes", "MB", Series.of(table / MEGABYTE), null));
    }

    private static void addShares(TestBed bed, Report report, String figure, Holder holder, JvmProbe probe)
            throws IOException {
        var beatsPerSecond = (double) holder.fleet.size() / TTL_SECONDS;
        var idle = new Shares();
        var beating = new Shares();
        var beats = LoadPlan.open(holder.node.addresses(), CALLERS, window(bed), beatsPerSecond / Fleet.BEATS);
        for (var round = 0; round < bed.options().rounds(); round++) {
            Progress.say(figure + ": round " + (round + 1));
            holder.renewAll();
            idle.measure(holder, probe, () -> Calls.pause(window(bed)));
            holder.renewAll();
            beating.measure(holder, probe, () -> holder.renew(beats));
        }
        report.add(idle.row(figure, "cpu, nothing beats, nothing is due"));
        report.add(beating.row(figure, String.format(Locale.ROOT, "cpu, %,.0f beats/s in batches", beatsPerSecond)));
    }

    private static Duration window(TestBed bed) {
        var time = bed.options().roundTime();
        return time.compareTo(WINDOW_MAX) < 0 ? time : WINDOW_MAX;
    }

    private static void requireHealthy(RollcallCluster node, int count) {
        var healthy = node.healthyInstances(0);
        if (healthy != count) {
            throw new IllegalStateException(
                    healthy + " of " + count + " instances are healthy: leases ended meanwhile");
        }
    }
}
