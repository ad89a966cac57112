package io.rollcall.server.telemetry;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.rollcall.server.app.MetricsReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All instruments as text. They are read at most once in {@link #FRESH}, however many ask: what a reading costs does not grow
 * with those who want one.
 */
final class MetricsText implements MetricsReport {

    /** Who asks sooner gets what was read last. */
    static final Duration FRESH = Duration.ofMillis(500);

    private static final String OPENMETRICS = "application/openmetrics-text";

    private final ScrapeReader reader;
    private final LongSupplier nanos;
    private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private final ExpositionFormatWriter open = OpenMetricsTextFormatWriter.builder()
            .setCreatedTimestampsEnabled(false)
            .build();

    // Guarded by this.
    private @Nullable MetricSnapshots last;
    private long readAt;
    private int lastBytes = 64 * 1024;

    MetricsText(ScrapeReader reader, LongSupplier nanos) {
        this.reader = reader;
        this.nanos = nanos;
    }

    @Override
    public @Nullable Page page(@Nullable String accept) {
        if (!reader.isRegistered()) {
            return null;
        }
        ExpositionFormatWriter writer = accept != null && accept.contains(OPENMETRICS) ? open : plain;
        return new Page(writer.getContentType(), text(writer));
    }

    private synchronized byte[] text(ExpositionFormatWriter writer) {
        MetricSnapshots snapshots = snapshots();
        ByteArrayOutputStream text = new ByteArrayOutputStream(lastBytes);
        try {
            writer.write(text, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all that is written to it", e);
        }
        lastBytes = text.size();
        return text.toByteArray();
    }

    private synchronized MetricSnapshots snapshots() {
        long now = nanos.getAsLong();
        MetricSnapshots present = last;
        if (present == null || now - readAt >= FRESH.toNanos()) {
            present = Exposition.of(reader.read());
            last = present;
            readAt = now;
        }
        return present;
    }
}
