package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.hangUp;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TelemetryTest {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .build();
    private final FakeNode node = new FakeNode();

    @AfterEach
    void close() {
        sdk.close();
        node.close();
    }

    @Test
    void callIsAClientSpanWithAnEventForEachAttempt() {
        node.then(problem(503, "no-leader")).then(answer(201, Samples.json("o-1")));
        Span parent = sdk.getTracer("test").spanBuilder("of the caller").startSpan();

        try (RegistryClient client = client(sdk);
                var scope = parent.makeCurrent()) {
            assertThat(scope).isNotNull();
            client.register(Samples.registration("o-1")).orThrow();
        }

        SpanData span = spans.getFinishedSpanItems().get(0);
        URI server = URI.create(node.url());
        assertThat(span.getName()).isEqualTo("PUT /api/v1/services/{name}/instances/{id}");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getParentSpanContext()).isEqualTo(parent.getSpanContext());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(text(span.getAttributes()))
                .containsEntry("http.request.method", "PUT")
                .containsEntry("url.template", "/api/v1/services/{name}/instances/{id}")
                .containsEntry("url.full", node.url() + "/api/v1/services/orders/instances/o-1")
                .containsEntry("server.address", server.getHost())
                .containsEntry("server.port", Integer.toString(server.getPort()))
                .containsEntry("http.response.status_code", "201")
                .containsEntry("http.request.resend_count", "1")
                .containsEntry("rollcall.operation", "register")
                .containsEntry("rollcall.outcome", "done")
                .doesNotContainKey("error.type");
        assertThat(span.getEvents())
                .extracting(
                        EventData::getName, event -> text(event.getAttributes()).get("http.response.status_code"))
                .containsExactly(tuple("attempt", "503"), tuple("attempt", "201"));
        assertThat(node.requests())
                .allSatisfy(request -> assertThat(request.headers().get("traceparent"))
                        .startsWith("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"));
    }

    @Test
    void errorsAreToldByTheirStableCodes() {
        node.then(problem(409, "instance-already-exists"))
                .then(problem(418, "of-a-newer-registry"))
                .then(hangUp());

        try (RegistryClient client = client(sdk)) {
            client.registerNew(Samples.registration("o-1"), WriteOptions.none());
            client.discover(client.service("orders"));
            client.register(Samples.registration("o-1"));
        }

        assertThat(spans.getFinishedSpanItems())
                .extracting(span -> text(span.getAttributes()).get("error.type"))
                .containsExactly("instance-already-exists", "_OTHER", "unknown");
        assertThat(spans.getFinishedSpanItems())
                .allSatisfy(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
        assertThat(spans.getFinishedSpanItems().get(0).getStatus().getDescription())
                .contains("because of instance-already-exists");
        assertThat(spans.getFinishedSpanItems().get(2).getEvents().get(0).getAttributes())
                .satisfies(attributes -> assertThat(text(attributes)).containsEntry("error.type", "broken"));
    }

    @Test
    void callsAttemptsAndFailoversAreCountedByNamesOfWhichThereAreFew() {
        node.then(answer(200, Samples.discovery("o-1")));
        try (FakeNode first = new FakeNode(problem(503, "not-ready"));
                RegistryClient client = OrderedClient.of(
                        null, Duration.ofSeconds(2), new CallTelemetry(sdk), first.url(), node.url())) {
            client.discover(client.service("orders")).orThrow();
            client.discover(client.service("orders")).orThrow();
        }

        Map<String, MetricData> byName = metrics.collectAllMetrics().stream()
                .collect(Collectors.toMap(MetricData::getName, Function.identity()));
        LongPointData calls = byName.get("rollcall.client.calls")
                .getLongSumData()
                .getPoints()
                .iterator()
                .next();
        assertThat(calls.getValue()).isEqualTo(2);
        assertThat(text(calls.getAttributes()))
                .isEqualTo(Map.of("rollcall.operation", "discover", "rollcall.outcome", "done"));
        assertThat(byName.get("rollcall.client.failovers").getLongSumData().getPoints())
                .extracting(LongPointData::getValue)
                .containsExactly(1L);
        MetricData attempts = byName.get("rollcall.client.attempt.duration");
        assertThat(attempts.getUnit()).isEqualTo("s");
        assertThat(attempts.getHistogramData().getPoints())
                .extracting(HistogramPointData::getCount)
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(attempts.getHistogramData().getPoints())
                .allSatisfy(
                        point -> assertThat(point.getAttributes().toString()).doesNotContain("orders"));
    }

    @Test
    void nothingIsSentAndNothingNeededWithoutTelemetry() {
        node.then(answer(200, Samples.discovery("o-1")));

        try (RegistryClient client = client(OpenTelemetry.noop())) {
            client.discover(client.service("orders")).orThrow();
        }

        assertThat(node.requests().get(0).headers()).doesNotContainKey("traceparent");
    }

    private static Map<String, String> text(Attributes attributes) {
        return attributes.asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().getKey(),
                        entry -> entry.getValue().toString()));
    }

    private RegistryClient client(OpenTelemetry openTelemetry) {
        return RegistryClient.builder()
                .server(node.url())
                .deadline(Duration.ofMillis(500))
                .openTelemetry(openTelemetry)
                .build();
    }
}
