package io.rollcall.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.rollcall.server.app.CertificateExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures that the node of {@code MetricsIT} does not have. */
final class NodeMetricsTest {

    private final ScrapeReader reader = new ScrapeReader();
    private final SdkMeterProvider meters =
            SdkMeterProvider.builder().registerMetricReader(reader).build();
    private final Instruments instruments = new Instruments(meters.get("test"));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T10:00:00Z"));

    @AfterEach
    void close() {
        meters.close();
    }

    private Collection<DoublePointData> points(Metric metric) {
        return reader.read().stream()
                .filter(found -> found.getName().equals(metric.name()))
                .flatMap(found -> found.getDoubleGaugeData().getPoints().stream())
                .toList();
    }

    @Test
    void certificatesTellTheirTimeByListener() {
        var shown = new ArrayList<CertificateExpiry.Shown>();
        new NodeMetrics(instruments, now::get).certificates(() -> List.copyOf(shown));
        assertThat(points(MetricNames.CERTIFICATE_EXPIRY)).isEmpty();

        shown.add(new CertificateExpiry.Shown("http", "CN=a", now.get().plus(Duration.ofDays(2))));
        shown.add(new CertificateExpiry.Shown("raft", "CN=b", now.get().minusSeconds(5)));

        var listener = AttributeKey.stringKey("listener");
        assertThat(points(MetricNames.CERTIFICATE_EXPIRY))
                .hasSize(2)
                .anySatisfy(point -> {
                    assertThat(point.getAttributes().get(listener)).isEqualTo("http");
                    assertThat(point.getValue()).isCloseTo(2 * 86_400.0, within(0.001));
                })
                .anySatisfy(point -> {
                    assertThat(point.getAttributes().get(listener)).isEqualTo("raft");
                    assertThat(point.getValue()).isCloseTo(-5, within(0.001));
                });
    }
}
