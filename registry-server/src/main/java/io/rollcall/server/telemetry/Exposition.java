package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What OpenTelemetry has collected, as Prometheus knows it, named by OpenTelemetry's rules for that. */
final class Exposition {

    private Exposition() {}

    /** All that has a form there; of two that would have one name, the first. */
    static MetricSnapshots of(Collection<MetricData> metrics) {
        Map<String, MetricSnapshot> byName = new LinkedHashMap<>();
        for (MetricData metric : metrics) {
            MetricSnapshot snapshot = snapshot(metric);
            if (snapshot != null) {
                byName.putIfAbsent(snapshot.getMetadata().getName(), snapshot);
            }
        }
        return new MetricSnapshots(byName.values());
    }

    private static @Nullable MetricSnapshot snapshot(MetricData metric) {
        return switch (metric.getType()) {
            case LONG_GAUGE -> gauge(metric, longs(metric.getLongGaugeData().getPoints()));
            case DOUBLE_GAUGE ->
                gauge(metric, doubles(metric.getDoubleGaugeData().getPoints()));
            case LONG_SUM ->
                sum(
                        metric,
                        metric.getLongSumData(),
                        longs(metric.getLongSumData().getPoints()));
            case DOUBLE_SUM ->
                sum(
                        metric,
                        metric.getDoubleSumData(),
                        doubles(metric.getDoubleSumData().getPoints()));
            case HISTOGRAM -> histogram(metric);
            // Nothing of ours, and nothing of those that come with it, measures so.
            case SUMMARY, EXPONENTIAL_HISTOGRAM -> null;
        };
    }

    private record Point(Labels labels, double value) {}

    private static List<Point> longs(Collection<LongPointData> points) {
        return points.stream()
                .map(point -> new Point(labels(point.getAttributes()), point.getValue()))
                .toList();
    }

    private static List<Point> doubles(Collection<DoublePointData> points) {
        return points.stream()
                .map(point -> new Point(labels(point.getAttributes()), point.getValue()))
                .toList();
    }

    private static MetricSnapshot sum(MetricData metric, SumData<?> sum, List<Point> points) {
        return sum.isMonotonic() ? counter(metric, points) : gauge(metric, points);
    }

    private static MetricSnapshot counter(MetricData metric, List<Point> points) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder()
                .name(withoutTotal(Metric.prometheusName(metric.getName(), metric.getUnit(), true)))
                .help(metric.getDescription());
        points.forEach(point -> builder.dataPoint(CounterDataPointSnapshot.builder()
                .labels(point.labels)
                .value(point.value)
                .build()));
        return builder.build();
    }

    /** The writer puts it back. */
    private static String withoutTotal(String name) {
        return name.substring(0, name.length() - "_total".length());
    }

    private static MetricSnapshot gauge(MetricData metric, List<Point> points) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder()
                .name(Metric.prometheusName(metric.getName(), metric.getUnit(), false))
                .help(metric.getDescription());
        points.forEach(point -> builder.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(point.labels)
                .value(point.value)
                .build()));
        return builder.build();
    }

    private static MetricSnapshot histogram(MetricData metric) {
        HistogramSnapshot.Builder builder = HistogramSnapshot.builder()
                .name(Metric.prometheusName(metric.getName(), metric.getUnit(), false))
                .help(metric.getDescription());
        for (HistogramPointData point : metric.getHistogramData().getPoints()) {
            List<Double> bounds = new ArrayList<>(point.getBoundaries());
            bounds.add(Double.POSITIVE_INFINITY);
            builder.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels(point.getAttributes()))
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, point.getCounts()))
                    .sum(point.getSum())
                    .exemplars(exemplars(point))
                    .build());
        }
        return builder.build();
    }

    private static Exemplars exemplars(HistogramPointData point) {
        List<Exemplar> exemplars = new ArrayList<>(point.getExemplars().size());
        for (DoubleExemplarData exemplar : point.getExemplars()) {
            if (exemplar.getSpanContext().isValid()) {
                exemplars.add(Exemplar.builder()
                        .value(exemplar.getValue())
                        .traceId(exemplar.getSpanContext().getTraceId())
                        .spanId(exemplar.getSpanContext().getSpanId())
                        .timestampMillis(TimeUnit.NANOSECONDS.toMillis(exemplar.getEpochNanos()))
                        .build());
            }
        }
        return Exemplars.of(exemplars);
    }

    private static Labels labels(Attributes attributes) {
        Labels.Builder labels = Labels.builder();
        attributes.forEach((key, value) -> labels.label(Metric.label(key.getKey()), String.valueOf(value)));
        return labels.build();
    }
}
