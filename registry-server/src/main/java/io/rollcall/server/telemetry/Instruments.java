package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.rollcall.server.app.Measured;
import io.rollcall.server.trace.TraceParents;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes instruments of figures that others keep. They are read when somebody looks, and cost nothing in between. */
final class Instruments {

    /** From a tenth of a millisecond to ten seconds: what a registry does takes no longer, or is broken. */
    private static final List<Double> SECONDS = List.of(
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final List<Long> SIZES = List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Meter meter;

    Instruments(Meter meter) {
        this.meter = meter;
    }

    /** Values by label. */
    interface Points {

        /**
         * Adds a value.
         *
         * @param value NaN is left out
         * @param labelValues in the order of the metric's labels
         */
        void add(double value, String... labelValues);

        /**
         * Adds a number.
         *
         * @param value below 2^53, or it loses its last digits
         * @param labelValues in the order of the metric's labels
         */
        void add(long value, String... labelValues);
    }

    void count(Metric metric, LongSupplier value) {
        countEach(metric, points -> points.add(value.getAsLong()));
    }

    void countEach(Metric metric, Consumer<Points> values) {
        var unused = meter.counterBuilder(name(metric))
                .ofDoubles()
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .buildWithCallback(measurement -> values.accept(points(metric, measurement)));
    }

    void gauge(Metric metric, DoubleSupplier value) {
        gaugeEach(metric, points -> points.add(value.getAsDouble()));
    }

    void gaugeEach(Metric metric, Consumer<Points> values) {
        var unused = meter.gaugeBuilder(name(metric))
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .buildWithCallback(measurement -> values.accept(points(metric, measurement)));
    }

    private static String name(Metric metric) {
        return metric.name();
    }

    private static Points points(Metric metric, ObservableDoubleMeasurement measurement) {
        return new Points() {
            @Override
            public void add(double value, String... labelValues) {
                if (!Double.isNaN(value)) {
                    measurement.record(value, attributes(metric, labelValues));
                }
            }

            @Override
            public void add(long value, String... labelValues) {
                add((double) value, labelValues);
            }
        };
    }

    /** The attributes of one series; to be kept by whoever records often. */
    static Attributes attributes(Metric metric, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.name() + " has the labels " + metric.labels());
        }
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < labelValues.length; i++) {
            attributes.put(metric.labels().get(i), labelValues[i]);
        }
        return attributes.build();
    }

    /** What a value is recorded in: a trace that is kept, so that an example of it can be looked at, or none. */
    static Context context(@Nullable String traceParent) {
        String valid = TraceParents.of(traceParent);
        if (valid == null || !TraceParents.isSampled(valid)) {
            return Context.root();
        }
        SpanContext span = SpanContext.createFromRemoteParent(
                TraceParents.traceId(valid),
                TraceParents.spanId(valid),
                TraceFlags.getSampled(),
                TraceState.getDefault());
        return Context.root().with(Span.wrap(span));
    }

    /** How long something takes. */
    DoubleHistogram seconds(Metric metric) {
        return meter.histogramBuilder(name(metric))
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /** What is measured in nanoseconds, from now on. */
    void time(Metric metric, Measured nanos) {
        DoubleHistogram times = seconds(metric);
        nanos.listen(took -> times.record(seconds(took), Attributes.empty()));
    }

    /** How many there are of something. */
    LongHistogram sizes(Metric metric) {
        return meter.histogramBuilder(name(metric))
                .ofLongs()
                .setUnit(metric.unit())
                .setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(SIZES)
                .build();
    }

    static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
