package io.rollcall.bench.suite;

import io.rollcall.bench.etcd.EtcdWatches;
import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.EtcdCluster;
import io.rollcall.bench.process.JvmProbe;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import io.rollcall.bench.watch.Arrivals;
import io.rollcall.bench.watch.StreamWatchers;
import io.rollcall.bench.watch.Watchers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change that all watchers of one node are told, and what a watcher takes of its heap while nothing changes. */
final class FanOut implements Experiment {

    private static final double P99_MILLIS_MAX = 500;
    private static final double HEAP_KILOBYTES_MAX = 32;
    private static final double KILOBYTE = 1024;

    /** Changes a round; each is measured by itself. */
    private static final int CHANGES = 5;

    /** Beyond the 10 s after which a sync is told, so that what the first one takes is in the heap. */
    private static final Duration IDLE = Duration.ofSeconds(12);

    private static final Duration TOLD_WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int ETCD_CONNECTIONS = 16;

    /** One change, until all had it, in milliseconds. */
    private record Spread(double p50, double p99, double all) {}

    @Override
    public void run(TestBed bed, Report report) throws IOException {
        var count = bed.options().fanOutWatchers();
        var figure = String.format(Locale.ROOT, "one change to %,d watchers of one node", count);
        var toClose = new ArrayList<AutoCloseable>();
        try (var cluster = bed.newRollcall(TestBed.MEMBERS, bed.options().nodeJvmOptions())) {
            rollcall(bed.options(), report, figure, cluster, toClose);
        } finally {
            ChangeToWatcher.closeAll(toClose);
        }
        var etcd = bed.newEtcd();
        if (etcd.isPresent()) {
            toClose.clear();
            try (var cluster = etcd.get()) {
                etcd(bed.options(), report, figure, cluster, toClose);
            } finally {
                ChangeToWatcher.closeAll(toClose);
            }
        }
    }

    private static void rollcall(
            SuiteOptions options, Report report, String figure, RollcallCluster cluster, List<AutoCloseable> toClose)
            throws IOException {
        var node = cluster.follower();
        var watched = new WatchedChanges("fan", 1);
        var changes = new PacedChanges(watched.rollcall(cluster, toClose), 1);
        toClose.add(changes);
        changes.run(Duration.ofSeconds(3));
        var arrivals = new Arrivals();
        try (var probe = JvmProbe.attach(cluster.process(node).pid())) {
            var before = probe.liveHeapBytes();
            Progress.say(figure + ": opening");
            var watchers = StreamWatchers.open(
                    List.of(cluster.address(node)), watched.services(), options.fanOutWatchers(), arrivals);
            toClose.add(watchers);
            warmUp(options, changes, arrivals);
            Calls.pause(IDLE);
            var each = (probe.liveHeapBytes() - before) / (double) options.fanOutWatchers() / KILOBYTE;
            Progress.say(String.format(Locale.ROOT, "%s: %.1f KiB of heap for each", figure, each));
            report.add(Row.of(
                    figure,
                    "heap of an idle watcher, its connection included",
                    "KiB",
                    Series.of(each),
                    Target.atMost(HEAP_KILOBYTES_MAX)));
            var spreads = measure(options, figure, "rollcall", changes, arrivals, watchers);
            addRows(report, figure, "rollcall", spreads, Target.atMost(P99_MILLIS_MAX));
        }
    }

    private static void etcd(
            SuiteOptions options, Report report, String figure, EtcdCluster cluster, List<AutoCloseable> toClose)
            throws IOException {
        var member = cluster.address(cluster.follower());
        var watched = new WatchedChanges("fan", 1);
        var changes = new PacedChanges(watched.gateway(cluster, toClose), 1);
        toClose.add(changes);
        var arrivals = new Arrivals();
        var watchers = EtcdWatches.open(
                List.of(member), ETCD_CONNECTIONS, watched.etcdPrefixes(), options.fanOutWatchers(), arrivals);
        toClose.add(watchers);
        warmUp(options, changes, arrivals);
        addRows(
                report,
                figure,
                "etcd gRPC streams",
                measure(options, figure, "etcd", changes, arrivals, watchers),
                null);
    }

    private static void warmUp(SuiteOptions options, PacedChanges changes, Arrivals arrivals) {
        if (!options.warmUp().isZero()) {
            changes.run(options.warmUp());
            Calls.pause(BETWEEN);
        }
        arrivals.clear();
    }

    private static List<Spread> measure(
            SuiteOptions options,
            String figure,
            String name,
            PacedChanges changes,
            Arrivals arrivals,
            Watchers watchers) {
        var spreads = new ArrayList<Spread>();
        for (var i = 0; i < CHANGES * options.rounds(); i++) {
            Calls.pause(BETWEEN);
            arrivals.clear();
            var done = changes.run(Duration.ofSeconds(1));
            if (done.count() == 0) {
                throw new IllegalStateException("the change was not acknowledged: " + done.failures());
            }
            Calls.await(
                    "all watchers of " + name + " to be told",
                    TOLD_WAIT_MAX,
                    () -> arrivals.size() >= options.fanOutWatchers());
            var later = arrivals.laterMillis(done.first(), done.acknowledged());
            if (later.length != options.fanOutWatchers() || watchers.lost() > 0) {
                throw new IllegalStateException(later.length + " watchers of " + name + " were told, " + watchers.lost()
                        + " lost their stream, of " + options.fanOutWatchers());
            }
            spreads.add(new Spread(
                    Arrivals.percentile(later, 50), Arrivals.percentile(later, 99), later[later.length - 1]));
        }
        Progress.say(figure + ": " + name + ": " + spreads);
        return spreads;
    }

    private static void addRows(
            Report report, String figure, String name, List<Spread> spreads, @Nullable Target p99Target) {
        var p50 = new Series(spreads.stream().map(Spread::p50).toList());
        var p99 = new Series(spreads.stream().map(Spread::p99).toList());
        var all = new Series(spreads.stream().map(Spread::all).toList());
        report.add(new Row(
                figure,
                name + ", p99 from the acknowledgement",
                "ms",
                p99,
                Map.of("p50 ms", p50),
                Map.of(),
                p99Target));
        report.add(Row.of(figure, name + ", until the last one has it", "ms", all, null));
    }
}
