package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is collected, as Prometheus reads it. */
final class ExpositionTest {

    private static final String OPENMETRICS =
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final ScrapeReader reader = new ScrapeReader();
    private final SdkMeterProvider meters =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final Instruments instruments = new Instruments(meters.get("test"));
    private final AtomicLong nanos = new AtomicLong(1);
    private final MetricsText text = new MetricsText(reader, nanos::get);

    @AfterEach
    void close() {
        meters.close();
    }

    private String text(String accept) {
        nanos.addAndGet(MetricsText.FRESH.toNanos());
        return new String(text.page(accept).body(), StandardCharsets.UTF_8);
    }

    @Test
    void countersAndGaugesHaveTypeHelpAndLabels() {
        instruments.countEach(
                Metric.counter("rollcall.things", "{thing}", "Things \\ that\ncame.", "a.kind"),
                points -> points.add(3, "say \"x\"\n"));
        instruments.gauge(Metric.gauge("rollcall.size", "By", "How large."), () -> 1.5);

        assertThat(text(null))
                .contains("# HELP rollcall_things_total Things \\\\ that\\ncame.\n")
                .contains("# TYPE rollcall_things_total counter\n")
                .contains("rollcall_things_total{a_kind=\"say \\\"x\\\"\\n\"} 3.0\n")
                .contains("# TYPE rollcall_size_bytes gauge\n")
                .contains("rollcall_size_bytes 1.5\n");
    }

    @Test
    void givenNamesStayAsTheyAre() {
        instruments.count(MetricNames.REGISTERED, () -> 7);
        instruments.seconds(MetricNames.REGISTRATION_LATENCY).record(0.003);

        assertThat(text(null))
                .contains("\nregistered_services_total 7.0\n")
                .contains("\nregistration_latency_seconds_bucket{le=\"0.005\"} 1\n")
                .contains("\nregistration_latency_seconds_bucket{le=\"+Inf\"} 1\n")
                .contains("\nregistration_latency_seconds_count 1\n")
                .contains("\nregistration_latency_seconds_sum 0.003\n");
    }

    @Test
    void unknownFigureIsAbsent() {
        instruments.gauge(Metric.gauge("rollcall.unknown", "1", "Not known."), () -> Double.NaN);

        assertThat(text(null)).doesNotContain("rollcall_unknown_ratio ");
    }

    @Test
    void openMetricsShowAnExampleOfWhatWasTraced() {
        var span = Span.wrap(
                SpanContext.create(TRACE, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault()));
        instruments
                .seconds(Metric.histogram("rollcall.time", "s", "Took."))
                .record(0.02, Attributes.empty(), Context.root().with(span));

        assertThat(text(OPENMETRICS)).contains("trace_id=\"" + TRACE + "\"").endsWith("# EOF\n");
        assertThat(text("text/plain")).doesNotContain(TRACE);
        assertThat(text.page(OPENMETRICS).contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text.page(null).contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void manyWhoAskCauseOneReading() {
        var readings = new AtomicLong();
        instruments.count(Metric.counter("rollcall.readings", "{reading}", "Readings."), readings::incrementAndGet);

        text(null);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        text.page(null);
        text.page(OPENMETRICS);

        assertThat(readings).hasValue(1);
        assertThat(text(null)).contains("rollcall_readings_total 2.0\n");
    }

    @Test
    void requestIsCountedByRouteAndNothingElse() {
        var http = new HttpMetrics(instruments, false);

        http.answered("GET", "/api/v1/services/{name}", 200, null, 2_000_000, null);
        http.answered("GET", "/api/v1/services/{name}", 200, null, 2_000_000, "00-" + TRACE + "-b7ad6b7169203331-01");
        http.answered("BREW", "", 405, "method-not-allowed", 1_000, "nonsense");

        var shown = text(OPENMETRICS);
        assertThat(shown)
                .contains(
                        "http_server_request_duration_seconds_count{http_request_method=\"GET\","
                                + "http_response_status_code=\"200\",http_route=\"/api/v1/services/{name}\",url_scheme=\"http\"} 2")
                .contains("http_request_method=\"_OTHER\"")
                .contains("rollcall_http_problems_total{code=\"method-not-allowed\"} 1.0")
                .contains("discovery_requests_total 2.0")
                .contains("trace_id=\"" + TRACE + "\"")
                .doesNotContain("BREW");
    }
}
