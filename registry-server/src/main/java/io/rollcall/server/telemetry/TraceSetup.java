package io.rollcall.server.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.rollcall.server.trace.Tracing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the variables come to for traces; nothing is asked of it if the SDK is disabled. */
final class TraceSetup {

    private static final Set<String> BY_RATIO = Set.of("traceidratio", "parentbased_traceidratio");

    private @Nullable Roots roots;
    private boolean isExported;

    Sampler sampler(Sampler asked, ConfigProperties config) {
        Roots around = Roots.of(asked, ratio(config));
        roots = around;
        return around;
    }

    /** The SDK's own default is all; {@link ExportDefaults} has one of its own for the sampler that nobody asked for. */
    private static double ratio(ConfigProperties config) {
        return BY_RATIO.contains(config.getString("otel.traces.sampler", ""))
                ? config.getDouble("otel.traces.sampler.arg", 1)
                : Double.NaN;
    }

    SdkTracerProviderBuilder provider(SdkTracerProviderBuilder provider, ConfigProperties config) {
        List<String> exporters = config.getList("otel.traces.exporter");
        isExported = !exporters.equals(List.of("none"));
        return provider;
    }

    /** Nothing, if nobody would be told: a span that is made for nobody costs as much as any. */
    Tracing tracing(OpenTelemetry openTelemetry) {
        Roots known = roots;
        return known == null || !isExported ? Tracing.NONE : new OtelTracing(openTelemetry, known);
    }
}
