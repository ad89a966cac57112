package io.rollcall.bench.suite;

import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.JvmProbe;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One change in a service of many instances, and the next discovery of a page of it, beside the same in a service of ten:
 * what a change costs must not grow with its service.
 */
final class ServiceSize implements Experiment {

    private static final int SMALL = 10;
    private static final int BATCH = 1_000;
    private static final int CHANGES_PER_ROUND = 200;
    private static final long LATENCY_MICROS_MAX = 60_000_000;

    private record Subject(String service, int instances, Map<String, List<Double>> values) {

        static Subject of(String service, int instances) {
            return new Subject(service, instances, new LinkedHashMap<>());
        }

        void add(String name, double value) {
            values.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
        }

        Series series(String name) {
            return new Series(values.getOrDefault(name, List.of()));
        }
    }

    @Override
    public void run(TestBed bed, Report report) throws IOException {
        var rollcall = bed.rollcall();
        var leader = rollcall.address(rollcall.leader());
        var large = Subject.of("large", bed.options().largeService());
        var small = Subject.of("small", SMALL);
        for (var subject : List.of(large, small)) {
            Progress.say("loading a service of " + subject.instances() + " instances");
            load(leader, subject);
            // Warms up what is then measured.
            change(leader, subject, new Histogram(3), new Histogram(3));
        }
        try (var probe = JvmProbe.attach(rollcall.process(rollcall.leader()).pid())) {
            for (var round = 0; round < bed.options().rounds(); round++) {
                measure(leader, probe, large);
                measure(leader, probe, small);
            }
        }
        addRows(report, large, small);
        requireSize(rollcall, large);
    }

    private static void load(InetSocketAddress server, Subject subject) {
        for (var from = 0; from < subject.instances(); from += BATCH) {
            var items = new ArrayList<String>();
            for (var n = from; n < Math.min(subject.instances(), from + BATCH); n++) {
                items.add(Instances.json(subject.service(), idOf(subject, n), n));
            }
            Instances.register(server, "{\"instances\":[" + String.join(",", items) + "]}");
        }
    }

    private static void measure(InetSocketAddress server, JvmProbe probe, Subject subject) throws IOException {
        var writes = new Histogram(LATENCY_MICROS_MAX, 3);
        var reads = new Histogram(LATENCY_MICROS_MAX, 3);
        var before = probe.allocatedBytes();
        change(server, subject, writes, reads);
        subject.add("allocated", (probe.allocatedBytes() - before) / 1024.0 / CHANGES_PER_ROUND);
        subject.add("write p50", writes.getValueAtPercentile(50) / 1000.0);
        subject.add("write p99", writes.getValueAtPercentile(99) / 1000.0);
        subject.add("read p50", reads.getValueAtPercentile(50) / 1000.0);
        subject.add("read p99", reads.getValueAtPercentile(99) / 1000.0);
    }

    /** Replaces one instance after the other, and reads a page after each. */
    private static void change(InetSocketAddress server, Subject subject, Histogram writes, Histogram reads) {
        for (var i = 0; i < CHANGES_PER_ROUND; i++) {
            var n = (int) ((i * 7_919L) % subject.instances());
            var id = idOf(subject, n);
            var start = System.nanoTime();
            Calls.require(
                    server, "PUT", Instances.path(subject.service(), id), Instances.json(subject.service(), id, n));
            var written = System.nanoTime();
            Calls.require(server, "GET", Instances.path(subject.service()) + "?limit=10", "");
            writes.recordValue((written - start) / 1000);
            reads.recordValue((System.nanoTime() - written) / 1000);
        }
    }

    private static void addRows(Report report, Subject large, Subject small) {
        var figure = "one change in a large service, then a page of 10";
        for (var subject : List.of(large, small)) {
            var details = Map.of("p99 ms", subject.series("write p99"));
            var name = "in " + subject.instances() + " instances: ";
            report.add(
                    new Row(figure, name + "write, p50", "ms", subject.series("write p50"), details, Map.of(), null));
            report.add(new Row(
                    figure,
                    name + "next discovery, p50",
                    "ms",
                    subject.series("read p50"),
                    Map.of("p99 ms", subject.series("read p99")),
                    Map.of(),
                    null));
            report.add(Row.of(figure, name + "leader allocates", "KiB", subject.series("allocated"), null));
        }
        report.add(Row.of(
                figure,
                "allocation per change, large / small",
                "x",
                large.series("allocated").dividedBy(small.series("allocated")),
                Target.atMost(2)));
    }

    private static void requireSize(RollcallCluster rollcall, Subject subject) {
        var stats =
                Calls.require(rollcall.address(0), "GET", "/api/v1/stats", "").json();
        if (stats.path("totalInstances").asLong() < subject.instances()) {
            throw new IllegalStateException("instances are missing: " + stats);
        }
    }

    private static String idOf(Subject subject, int n) {
        return subject.service() + "-" + n;
    }
}
