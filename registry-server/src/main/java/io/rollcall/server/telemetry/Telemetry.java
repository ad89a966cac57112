package io.rollcall.server.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.instrumentation.runtimetelemetry.RuntimeTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.rollcall.server.app.MetricsReport;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.trace.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenTelemetry, set up from the standard {@code OTEL_*} variables and nothing else. Whatever is exported leaves by threads
 * and bounded queues of the SDK; when a receiver is slow or gone, it is dropped and counted there, and no request waits.
 */
public final class Telemetry implements AutoCloseable {

    /** The node's own id, whatever the variables call the instance. */
    public static final AttributeKey<String> NODE_ID = AttributeKey.stringKey("rollcall.node.id");

    /** How long the end of a node waits for what is not exported yet. */
    static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    /** What the instruments, and the spans, are told to be made by. */
    private static final String SCOPE = "io.rollcall.server";

    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private final OpenTelemetrySdk sdk;
    private final ScrapeReader scrapes;
    private final MetricsReport report;
    private final Tracing tracing;
    private final String version;
    private final RuntimeTelemetry jvm;

    private Telemetry(OpenTelemetrySdk sdk, ScrapeReader scrapes, TraceSetup traces, String version) {
        this.sdk = sdk;
        this.scrapes = scrapes;
        this.tracing = traces.tracing(sdk);
        this.version = version;
        this.report = new MetricsText(scrapes, System::nanoTime);
        this.jvm = RuntimeTelemetry.create(sdk);
    }

    /**
     * Sets it up.
     *
     * @param nodeId this node's id; names the instance where no variable does
     * @param version of this build
     * @return to be closed last, so that it tells of the end, too
     * @throws TelemetrySettingsException if a variable is wrong
     */
    public static Telemetry of(String nodeId, String version) {
        return of(nodeId, version, Map.of());
    }

    /** With settings that overrule the variables, by the names of the SDK's properties. */
    static Telemetry of(String nodeId, String version, Map<String, String> overruling) {
        ScrapeReader scrapes = new ScrapeReader();
        TraceSetup traces = new TraceSetup();
        try {
            return new Telemetry(configured(nodeId, version, overruling, scrapes, traces), scrapes, traces, version);
        } catch (ConfigurationException | IllegalArgumentException e) {
            throw new TelemetrySettingsException("an OTEL_ variable is wrong: " + e.getMessage(), e);
        }
    }

    private static OpenTelemetrySdk configured(
            String nodeId, String version, Map<String, String> overruling, ScrapeReader scrapes, TraceSetup traces) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(ExportDefaults::always)
                .addPropertiesCustomizer(config -> overruling)
                .addPropertiesCustomizer(ExportDefaults::dependingOn)
                .addPropertiesCustomizer(config -> ExportDefaults.naming(config, nodeId, version))
                .addSamplerCustomizer(traces::sampler)
                .addTracerProviderCustomizer(traces::provider)
                .addMeterProviderCustomizer((meters, config) -> meters.registerMetricReader(scrapes))
                // A hook of its own would close it while requests are still answered.
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    /**
     * Returns what spans, metrics and logs are told through.
     *
     * @return for any thread; it never waits for a receiver
     */
    public OpenTelemetry openTelemetry() {
        return sdk;
    }

    /**
     * Returns where work is told of by spans.
     *
     * @return {@link Tracing#NONE} if they go nowhere
     */
    public Tracing tracing() {
        return tracing;
    }

    /** Whether anything is measured: {@code OTEL_SDK_DISABLED} may have forbidden it. */
    boolean isOn() {
        return scrapes.isRegistered();
    }

    /** Reads all instruments. */
    ScrapeReader scrapes() {
        return scrapes;
    }

    /**
     * Returns the instruments as text.
     *
     * @return for any thread
     */
    public MetricsReport report() {
        return report;
    }

    /**
     * Measures a node.
     *
     * @param settings tell whether it serves by TLS
     * @return to be told of its parts
     */
    public Metering metering(ServerSettings settings) {
        return new Metering(
                sdk.getMeter(SCOPE),
                settings.node().id(),
                version,
                settings.tls().http() != null);
    }

    /** Sends what is still held, for at most {@link #FLUSH_TIMEOUT}, and ends. */
    @Override
    public void close() {
        jvm.close();
        // On a thread of its own: a reader of metrics waits for its receiver, and not as short as this.
        Thread ending = new Thread(() -> sdk.shutdown().join(FLUSH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        ending.setName("telemetry-end");
        ending.setDaemon(true);
        ending.start();
        try {
            ending.join(FLUSH_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ending.isAlive()) {
            LOG.atDebug()
                    .addKeyValue("timeout", FLUSH_TIMEOUT)
                    .log("the receiver did not take the last telemetry in time");
        }
    }
}
