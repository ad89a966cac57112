package io.rollcall.bench.suite;

import io.rollcall.bench.process.Collector;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.Map;

/**
 * What it costs to be told of: the same loads on a cluster that tells nothing and on one that measures, samples one request in
 * a hundred and exports both to a collector that takes them, in turn.
 */
final class Observed implements Experiment {

    private static final SideBySide TELEMETRY = new SideBySide(
            "observed or not", "rollcall, telemetry off", "rollcall, metrics and 1 % of traces", Target.atLeast(0.95));

    @Override
    public void run(TestBed bed, Report report) {
        try (var collector = new Collector();
                var silent = bed.newRollcall(TestBed.MEMBERS, Map.of("OTEL_SDK_DISABLED", "true"));
                var observed = bed.newRollcall(TestBed.MEMBERS, exportingTo(collector))) {
            TELEMETRY.load(silent, observed);
            TELEMETRY.measureBoth(silent, observed, bed, report);
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
}
