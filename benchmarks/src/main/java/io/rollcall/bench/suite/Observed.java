package io.rollcall.bench.suite;

import io.rollcall.bench.process.Collector;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.List;
import java.util.Map;

/**
 * What it costs to be told of: the same loads on a cluster that tells nothing and on one that measures, samples one request in
 * a hundred and exports both to a collector that takes them, in turn.
 */
final class Observed implements Experiment {

    private static final String SILENT = "rollcall, telemetry off";
    private static final String OBSERVED = "rollcall, metrics and 1 % of traces";
    private static final Target KEPT = Target.atLeast(0.95);

    private static final int CALLERS = 64;
    private static final String PREFIX = "orders";

    @Override
    public void run(TestBed bed, Report report) {
        try (var collector = new Collector();
                var silent = bed.newRollcall(TestBed.MEMBERS, Map.of("OTEL_SDK_DISABLED", "true"));
                var observed = bed.newRollcall(TestBed.MEMBERS, exportingTo(collector))) {
            var clusters = List.of(silent, observed);
            for (var cluster : clusters) {
                Dataset.loadRollcall(cluster.address(cluster.leader()));
            }
            measure(
                    "registrations, 64 callers, all nodes",
                    bed,
                    report,
                    clusters.stream()
                            .map(cluster -> Contender.closed(
                                    name(cluster, silent),
                                    cluster.addresses(),
                                    CALLERS,
                                    Workloads.registrations(PREFIX),
                                    cluster::cpu))
                            .toList());
            measure(
                    "discovery of 10 of 10,000 instances, all nodes, 64 connections",
                    bed,
                    report,
                    clusters.stream()
                            .map(cluster -> Contender.closed(
                                    name(cluster, silent),
                                    cluster.addresses(),
                                    CALLERS,
                                    Dataset.rollcallReads(false),
                                    cluster::cpu))
                            .toList());
            if (collector.requests() == 0) {
                throw new IllegalStateException("the nodes that were to be observed told the collector nothing");
            }
            report.fact("exports taken by the collector", Long.toString(collector.requests()));
        }
    }

    private static Map<String, String> exportingTo(Collector collector) {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", "0.01",
                "OTEL_METRIC_EXPORT_INTERVAL", "5000",
                "OTEL_LOGS_EXPORTER", "none");
    }

    private static String name(RollcallCluster cluster, RollcallCluster silent) {
        return cluster == silent ? SILENT : OBSERVED;
    }

    private static void measure(String what, TestBed bed, Report report, List<Contender> contenders) {
        var rounds = Rounds.measure("observed or not: " + what, bed.options(), contenders);
        rounds.addRates(report);
        rounds.addRatio(report, OBSERVED, SILENT, KEPT);
    }
}
