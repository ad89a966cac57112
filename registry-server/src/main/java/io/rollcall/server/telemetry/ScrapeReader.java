package io.rollcall.server.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/** Reads all instruments when it is asked to, beside whatever reads them for an export. */
final class ScrapeReader implements MetricReader {

    private volatile CollectionRegistration registration = CollectionRegistration.noop();
    private volatile boolean isRegistered;

    /** All that is measured, as sums since the start of the node. */
    Collection<MetricData> read() {
        return registration.collectAllMetrics();
    }

    /** Whether there is anything to read at all. */
    boolean isRegistered() {
        return isRegistered;
    }

    @Override
    public void register(CollectionRegistration given) {
        registration = given;
        isRegistered = true;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        registration = CollectionRegistration.noop();
        return CompletableResultCode.ofSuccess();
    }
}
