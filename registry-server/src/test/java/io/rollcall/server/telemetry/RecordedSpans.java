package io.rollcall.server.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.rollcall.server.trace.SpanName;
import io.rollcall.server.trace.Tracing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The spans of a test, by the real SDK. */
public final class RecordedSpans implements AutoCloseable {

    public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    public static final String SPAN = "00f067aa0ba902b7";
    public static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";
    public static final String UNSAMPLED = "00-" + TRACE + "-" + SPAN + "-00";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk;
    private final OtelTracing tracing;

    /** Samples what callers sample, and nothing else. */
    public RecordedSpans() {
        this(Sampler.parentBased(Sampler.alwaysOff()));
    }

    public RecordedSpans(Sampler sampler) {
        this(Roots.of(sampler));
    }

    RecordedSpans(Roots roots) {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(roots)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
        tracing = new OtelTracing(sdk, roots);
    }

    public Tracing tracing() {
        return tracing;
    }

    /** Those that have ended, in that order. */
    public List<SpanData> all() {
        return exporter.getFinishedSpanItems();
    }

    /** Those of a kind that have ended. */
    public List<SpanData> named(SpanName name) {
        return all().stream().filter(span -> span.getName().equals(name.text())).toList();
    }

    /** The one of a kind. */
    public SpanData one(SpanName name) {
        List<SpanData> found = named(name);
        if (found.size() != 1) {
            throw new AssertionError("not one span '" + name.text() + "' but " + found + " of " + all());
        }
        return found.get(0);
    }

    /** What another span continues this one with. */
    public static String traceParent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getSpanContext().getTraceFlags().asHex();
    }

    /** The attributes of a span as text. */
    public static Map<String, String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().getKey(),
                        entry -> entry.getValue().toString()));
    }

    @Override
    public void close() {
        sdk.close();
    }
}
