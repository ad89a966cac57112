package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.semconv.ServiceAttributes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the variables come to. */
final class TelemetryTest {

    private static final Map<String, String> ALL = Map.of("otel.traces.sampler", "always_on");

    private static Resource resource(Map<String, String> properties) {
        // A span has an owner only where it is exported.
        var exported = with(ALL, Map.of("otel.exporter.otlp.traces.endpoint", "http://127.0.0.1:1"));
        try (var telemetry = Telemetry.of("n7", "1.2.3", with(exported, properties))) {
            var span = (ReadableSpan)
                    telemetry.openTelemetry().getTracer("test").spanBuilder("s").startSpan();
            return span.toSpanData().getResource();
        }
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    @Test
    void nodeNamesItselfWhereNoVariableDoes() {
        var resource = resource(Map.of());

        assertThat(resource.getAttribute(ServiceAttributes.SERVICE_NAME)).isEqualTo("rollcall");
        assertThat(resource.getAttribute(ServiceAttributes.SERVICE_INSTANCE_ID)).isEqualTo("n7");
        assertThat(resource.getAttribute(ServiceAttributes.SERVICE_VERSION)).isEqualTo("1.2.3");
        assertThat(resource.getAttribute(Telemetry.NODE_ID)).isEqualTo("n7");
    }

    @Test
    void variablesNameItOtherwise() {
        var byName = resource(Map.of("otel.service.name", "registry"));
        var byAttributes = resource(Map.of(
                "otel.resource.attributes", "service.name=other,service.instance.id=i,deployment.environment.name=x"));

        assertThat(byName.getAttribute(ServiceAttributes.SERVICE_NAME)).isEqualTo("registry");
        assertThat(byAttributes.getAttribute(ServiceAttributes.SERVICE_NAME)).isEqualTo("other");
        assertThat(byAttributes.getAttribute(ServiceAttributes.SERVICE_INSTANCE_ID))
                .isEqualTo("i");
        assertThat(byAttributes.getAttribute(Telemetry.NODE_ID)).isEqualTo("n7");
        assertThat(byAttributes.getAttribute(AttributeKey.stringKey("deployment.environment.name")))
                .isEqualTo("x");
    }

    @Test
    void nothingIsExportedUnlessToldWhereTo() {
        try (var telemetry = Telemetry.of("n1", "1", Map.of())) {
            assertThat(telemetry.openTelemetry().toString())
                    .contains("NoopSpanProcessor", "NoopLogRecordProcessor")
                    .doesNotContain("Otlp");
        }
    }

    @Test
    void endpointAloneExportsAllThreeSignals() {
        try (var telemetry = Telemetry.of("n1", "1", Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:1"))) {
            assertThat(telemetry.openTelemetry().toString())
                    .contains("OtlpGrpcSpanExporter", "OtlpGrpcMetricExporter", "OtlpGrpcLogRecordExporter");
        }
    }

    @Test
    void endpointOfOneSignalExportsThatOne() {
        var properties = Map.of(
                "otel.exporter.otlp.protocol",
                "http/protobuf",
                "otel.exporter.otlp.traces.endpoint",
                "http://127.0.0.1:1/v1/traces");
        try (var telemetry = Telemetry.of("n1", "1", properties)) {
            assertThat(telemetry.openTelemetry().toString())
                    .contains("OtlpHttpSpanExporter")
                    .doesNotContain("MetricExporter")
                    .doesNotContain("LogRecordExporter");
        }
    }

    @Test
    void oneTraceInAHundredIsSampledUnlessSaidOtherwise() {
        try (var telemetry = Telemetry.of("n1", "1", Map.of());
                var half = Telemetry.of("n1", "1", Map.of("otel.traces.sampler.arg", "0.5"));
                var all = Telemetry.of("n1", "1", ALL)) {
            assertThat(telemetry.openTelemetry().toString()).contains("ParentBased{root:TraceIdRatioBased{0.010000}");
            assertThat(half.openTelemetry().toString()).contains("ParentBased{root:TraceIdRatioBased{0.500000}");
            assertThat(all.openTelemetry().toString())
                    .contains("AlwaysOnSampler")
                    .doesNotContain("ParentBased");
        }
    }

    @Test
    void ratioOfTheVariablesIsThatOfTheRequests() {
        Map<String, String> half = Map.of(
                "otel.traces.sampler.arg", "0.5",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.traces.endpoint", "http://127.0.0.1:1/v1/traces");
        try (var telemetry = Telemetry.of("n1", "1", half)) {
            long sampled = IntStream.range(0, 1_000)
                    .filter(i -> telemetry.tracing().serve("GET", null, null) != null)
                    .count();

            // More than twelve standard deviations.
            assertThat(sampled).isBetween(300L, 700L);
        }
    }

    @Test
    void disabledSdkTellsNothing() {
        try (var telemetry = Telemetry.of("n1", "1", Map.of("otel.sdk.disabled", "true"))) {
            var span =
                    telemetry.openTelemetry().getTracer("test").spanBuilder("s").startSpan();
            assertThat(span.isRecording()).isFalse();
            assertThat(telemetry.isOn()).isFalse();
        }
    }

    @Test
    void wrongVariableIsNamed() {
        assertThatThrownBy(() -> Telemetry.of("n1", "1", Map.of("otel.traces.sampler", "sometimes")))
                .isInstanceOf(TelemetrySettingsException.class)
                .hasMessageContaining("otel.traces.sampler")
                .hasMessageContaining("sometimes");
    }

    @Test
    void whatIsDroppedIsCountedAndNobodyWaits() {
        // Nothing is sent before the queue has long been full.
        var properties = Map.of(
                "otel.exporter.otlp.traces.endpoint",
                "http://127.0.0.1:1",
                "otel.bsp.max.queue.size",
                "8",
                "otel.bsp.max.export.batch.size",
                "8",
                "otel.exporter.otlp.timeout",
                "100");
        try (var telemetry = Telemetry.of("n1", "1", with(ALL, properties))) {
            var tracer = telemetry.openTelemetry().getTracer("test");
            for (var i = 0; i < 10_000; i++) {
                tracer.spanBuilder("s").startSpan().end();
            }

            assertThat(telemetry.scrapes().read())
                    .filteredOn(metric -> metric.getName().equals("otel.sdk.processor.span.processed"))
                    .flatMap(metric -> metric.getLongSumData().getPoints())
                    .filteredOn(point ->
                            "queue_full".equals(point.getAttributes().get(AttributeKey.stringKey("error.type"))))
                    .singleElement()
                    .satisfies(point -> assertThat(point.getValue()).isPositive());
            assertThat(telemetry.scrapes().read())
                    .extracting(MetricData::getName)
                    .contains("otel.sdk.span.started");
        }
    }

    @Test
    void endWaitsForNoReceiver() throws Exception {
        // Takes connections, by its backlog, and never answers.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var telemetry = Telemetry.of(
                    "n1",
                    "1",
                    with(ALL, Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + silent.getLocalPort())));
            telemetry
                    .openTelemetry()
                    .getTracer("test")
                    .spanBuilder("s")
                    .startSpan()
                    .end();
            var begun = System.nanoTime();

            telemetry.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(3_500));
        }
    }
}
