package io.rollcall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.watch.WatchEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    private final Deliveries deliveries = new Deliveries(sdk);

    @AfterEach
    void close() {
        sdk.close();
    }

    @Test
    void changeOfASampledTraceIsTakenWithinASpanBelowTheRegistrys() throws IOException {
        List<String> current = new CopyOnWriteArrayList<>();

        deliveries.take(
                change(SAMPLED),
                () -> current.add(Span.current().getSpanContext().getSpanId()));

        SpanData span = spans.getFinishedSpanItems().get(0);
        assertThat(current).containsExactly(span.getSpanId());
        assertThat(span.getName()).isEqualTo("rollcall.client.apply");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(SPAN);
        assertThat(span.getAttributes().get(Deliveries.SERVICE)).isEqualTo("orders");
        assertThat(span.getAttributes().get(Deliveries.NAMESPACE)).isEqualTo("default");
        assertThat(span.getAttributes().get(Deliveries.INDEX)).isEqualTo(57);
    }

    @Test
    void changeThatIsNotSampledOrSaysNothingValidIsTakenWithoutASpan() throws IOException {
        int[] taken = {0};

        deliveries.take(change("00-" + TRACE + "-" + SPAN + "-00"), () -> taken[0]++);
        deliveries.take(change("nonsense"), () -> taken[0]++);
        deliveries.take(Json.mapper().readTree("{\"to\":57}"), () -> taken[0]++);
        deliveries.take(Json.mapper().readTree("{\"traceparent\":7}"), () -> taken[0]++);

        assertThat(taken[0]).isEqualTo(4);
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void changeThatCannotBeTakenIsAnError() throws IOException {
        JsonNode change = change(SAMPLED);

        assertThatThrownBy(() -> deliveries.take(change, () -> {
                    throw new GapException("a gap");
                }))
                .hasMessage("a gap");

        assertThat(spans.getFinishedSpanItems().get(0).getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void listenerOfAWatchIsToldWithinTheSpan() {
        List<String> current = new CopyOnWriteArrayList<>();
        try (FakeWatchNode node = new FakeWatchNode();
                RegistryClient client = RegistryClient.builder()
                        .server(node.url())
                        .openTelemetry(sdk)
                        .build()) {
            node.send("event: snapshot\nid: 42\ndata: {\"service\":\"orders\",\"namespace\":\"default\",\"index\":42,"
                    + "\"instances\":[],\"subscription\":\"n1-1\"}\n\n");
            node.send("event: change\nid: 57\ndata: " + changeText(SAMPLED) + "\n\n");

            client.watch(List.of(client.service("orders")), WatchOptions.healthy(), event -> {
                if (event instanceof WatchEvent.Change) {
                    current.add(Span.current().getSpanContext().getTraceId());
                }
            });

            await().untilAsserted(() -> assertThat(current).containsExactly(TRACE));
            await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems())
                    .extracting(SpanData::getParentSpanId)
                    .contains(SPAN));
        }
    }

    private static JsonNode change(String traceParent) throws IOException {
        return Json.mapper().readTree(changeText(traceParent));
    }

    private static String changeText(String traceParent) {
        return "{\"service\":\"orders\",\"namespace\":\"default\",\"from\":42,\"to\":57,\"upserted\":[],\"removed\":[],"
                + "\"traceparent\":\"" + traceParent + "\"}";
    }
}
