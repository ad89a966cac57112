package io.rollcall.bench.suite;

import io.rollcall.bench.etcd.EtcdWatches;
import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.EtcdCluster;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the acknowledgement of a change until those who watch have it, beside etcd's watch over gRPC. */
final class ChangeToWatcher implements Experiment {

    private static final int SERVICES = 100;
    private static final int WATCHERS = 1_000;
    private static final double CHANGES_PER_SECOND = 100;
    private static final int ETCD_CONNECTIONS_EACH = 4;
    private static final Duration TOLD_WAIT_MAX = Duration.ofSeconds(10);

    private static final String FIGURE = String.format(
            Locale.ROOT,
            "acknowledged change -> watcher, %,d watchers of %d services on all nodes, %.0f changes/s",
            WATCHERS,
            SERVICES,
            CHANGES_PER_SECOND);

    private static final String ROLLCALL = "rollcall";
    private static final String ETCD_GRPC = "etcd gRPC puts";
    private static final String ETCD_GATEWAY = "etcd gateway puts";

    /** One whose changes are measured with the watchers that are told of them. */
    private record Runner(String name, PacedChanges changes, Arrivals arrivals, Watchers watchers) {}

    /** One round of one of them, in milliseconds. */
    private record Round(double p50, double p99, double max, double p50Begun, double p99Begun) {}

    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> failures = new TreeMap<>();

    @Override
    public void run(TestBed bed, Report report) throws IOException {
        rounds.clear();
        failures.clear();
        var toClose = new ArrayList<AutoCloseable>();
        try {
            var runners = new ArrayList<Runner>();
            runners.add(rollcall(bed.rollcall(), toClose));
            var etcd = bed.etcd().orElse(null);
            if (etcd != null) {
                runners.addAll(etcd(etcd, toClose));
            }
            measure(bed.options(), runners);
        } finally {
            closeAll(toClose);
        }
        addRows(report);
    }

    private static Runner rollcall(RollcallCluster cluster, List<AutoCloseable> toClose) throws IOException {
        var watched = new WatchedChanges("watched", SERVICES);
        var changes = paced(watched.rollcall(cluster, toClose), toClose);
        begin(changes);
        var arrivals = new Arrivals();
        var watchers = StreamWatchers.open(cluster.addresses(), watched.services(), WATCHERS, arrivals);
        toClose.add(watchers);
        return new Runner(ROLLCALL, changes, arrivals, watchers);
    }

    private static List<Runner> etcd(EtcdCluster cluster, List<AutoCloseable> toClose) throws IOException {
        var runners = new ArrayList<Runner>();
        for (var name : List.of(ETCD_GRPC, ETCD_GATEWAY)) {
            var watched = new WatchedChanges(name.replace(' ', '-'), SERVICES);
            var changes = paced(
                    name.equals(ETCD_GRPC) ? watched.grpc(cluster, toClose) : watched.gateway(cluster, toClose),
                    toClose);
            begin(changes);
            var arrivals = new Arrivals();
            var watchers = EtcdWatches.open(
                    cluster.addresses(), ETCD_CONNECTIONS_EACH, watched.etcdPrefixes(), WATCHERS, arrivals);
            toClose.add(watchers);
            runners.add(new Runner(name, changes, arrivals, watchers));
        }
        return runners;
    }

    /** Makes the first change of each service. */
    private static void begin(PacedChanges changes) {
        var done = changes.run(Duration.ofMillis((long) (1000 * SERVICES / CHANGES_PER_SECOND)));
        if (!done.failures().isEmpty()) {
            throw new IllegalStateException("not registered: " + done.failures());
        }
    }

    private static PacedChanges paced(List<PacedChanges.Change> callers, List<AutoCloseable> toClose) {
        var changes = new PacedChanges(callers, CHANGES_PER_SECOND);
        toClose.add(changes);
        return changes;
    }

    private void measure(SuiteOptions options, List<Runner> runners) {
        Progress.say(FIGURE + ": warming up");
        if (!options.warmUp().isZero()) {
            runners.forEach(runner -> runner.changes().run(options.warmUp()));
        }
        for (var round = 0; round < options.rounds(); round++) {
            for (var turn = 0; turn < runners.size(); turn++) {
                measure(runners.get((round + turn) % runners.size()), options.roundTime());
            }
        }
    }

    private void measure(Runner runner, Duration time) {
        // What the round before had left is told by now, or is missing there.
        runner.arrivals().clear();
        var done = runner.changes().run(time);
        done.failures().forEach((what, count) -> failed(runner, what, count));
        var expected = done.count() * (WATCHERS / SERVICES);
        var end = System.nanoTime() + TOLD_WAIT_MAX.toNanos();
        while (runner.arrivals().size() < expected && System.nanoTime() < end) {
            Calls.pause(Duration.ofMillis(10));
        }
        var later = runner.arrivals().laterMillis(done.first(), done.acknowledged());
        if (later.length < expected) {
            failed(runner, "not told", (long) expected - later.length);
        }
        if (runner.watchers().lost() > 0) {
            throw new IllegalStateException(
                    runner.watchers().lost() + " watchers of " + runner.name() + " lost their stream");
        }
        if (later.length == 0) {
            throw new IllegalStateException("no watcher of " + runner.name() + " was told anything");
        }
        var begun = runner.arrivals().laterMillis(done.first(), done.begun());
        var round = new Round(
                Arrivals.percentile(later, 50),
                Arrivals.percentile(later, 99),
                later[later.length - 1],
                Arrivals.percentile(begun, 50),
                Arrivals.percentile(begun, 99));
        rounds.computeIfAbsent(runner.name(), name -> new ArrayList<>()).add(round);
        Progress.say(String.format(
                Locale.ROOT,
                "%s: %s: p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                FIGURE,
                runner.name(),
                round.p50(),
                round.p99(),
                round.max()));
    }

    private void failed(Runner runner, String what, long count) {
        failures.computeIfAbsent(runner.name(), name -> new TreeMap<>()).merge(what, count, Long::sum);
    }

    private void addRows(Report report) {
        rounds.forEach((name, ofOne) -> {
            var details = new LinkedHashMap<String, Series>();
            details.put("p99 ms", series(ofOne, Round::p99));
            details.put("max ms", series(ofOne, Round::max));
            details.put("from the request's begin: p50 ms", series(ofOne, Round::p50Begun));
            details.put("p99 ms from there", series(ofOne, Round::p99Begun));
            report.add(new Row(
                    FIGURE,
                    name + ", p50",
                    "ms",
                    series(ofOne, Round::p50),
                    details,
                    failures.getOrDefault(name, Map.of()),
                    null));
        });
        for (var peer : List.of(ETCD_GRPC, ETCD_GATEWAY)) {
            // Both sides are told before they are acknowledged, at times: a ratio of what is below zero says nothing.
            addDifference(report, peer, "p50", Round::p50, Target.atMost(0));
            addDifference(report, peer, "p99", Round::p99, Target.atMost(0));
            addDifference(report, peer, "p99 from the request's begin", Round::p99Begun, null);
        }
    }

    private interface Value {
        double of(Round round);
    }

    private void addDifference(Report report, String peer, String what, Value value, @Nullable Target target) {
        var own = rounds.get(ROLLCALL);
        var others = rounds.get(peer);
        if (own == null || others == null) {
            return;
        }
        var differences = new ArrayList<Double>();
        for (var round = 0; round < own.size(); round++) {
            differences.add(value.of(own.get(round)) - value.of(others.get(round)));
        }
        report.add(Row.of(FIGURE, what + ", rollcall - " + peer, "ms", new Series(differences), target));
    }

    private static Series series(List<Round> rounds, Value value) {
        return new Series(rounds.stream().map(value::of).toList());
    }

    static void closeAll(List<AutoCloseable> toClose) {
        for (var i = toClose.size() - 1; i >= 0; i--) {
            try {
                toClose.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close", e);
            }
        }
    }
}
