package io.rollcall.server.telemetry;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.semconv.ServiceAttributes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What holds where the standard variables say nothing. */
final class ExportDefaults {

    private static final List<String> SIGNALS = List.of("traces", "metrics", "logs");
    private static final String NONE = "none";
    private static final String RESOURCE = "otel.resource.attributes";

    /** Of what nobody else has decided yet, one request in a hundred: a node answers more of them than anybody could keep. */
    private static final String SAMPLED_RATIO = "0.01";

    private ExportDefaults() {}

    /** Those that any variable overrules. */
    static Map<String, String> always() {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.traces.sampler", "parentbased_traceidratio");
        // Of the names of queues and drops, those of the semantic conventions.
        defaults.put("otel.experimental.sdk.telemetry.version", "latest");
        // The attributes of a span come from callers: none is kept longer.
        defaults.put("otel.attribute.value.length.limit", "1024");
        return defaults;
    }

    /**
     * Those that depend on what is set. Without a word about where to, nothing is exported: the SDK's own default would be a
     * receiver on this machine, and a complaint for each time that there is none.
     */
    static Map<String, String> dependingOn(ConfigProperties config) {
        Map<String, String> defaults = new HashMap<>();
        boolean hasEndpoint = config.getString("otel.exporter.otlp.endpoint") != null;
        for (String signal : SIGNALS) {
            boolean isSaid = config.getString("otel." + signal + ".exporter") != null;
            boolean isAimed = hasEndpoint || config.getString("otel.exporter.otlp." + signal + ".endpoint") != null;
            if (!isSaid && !isAimed) {
                defaults.put("otel." + signal + ".exporter", NONE);
            }
        }
        // Without an argument of one's own the SDK's ratio is all; the argument of another sampler is left alone.
        if (config.getString("otel.traces.sampler.arg") == null
                && "parentbased_traceidratio".equals(config.getString("otel.traces.sampler"))) {
            defaults.put("otel.traces.sampler.arg", SAMPLED_RATIO);
        }
        return defaults;
    }

    /**
     * Who tells: what the variables say, and the node for what they leave open. As a property and not as a resource of our
     * own, since the SDK would draw an instance id at random, and complain of ours.
     */
    static Map<String, String> naming(ConfigProperties config, String nodeId, String version) {
        Map<String, String> said = config.getMap(RESOURCE);
        Map<String, String> own = new LinkedHashMap<>();
        if (config.getString("otel.service.name") == null) {
            own.put(ServiceAttributes.SERVICE_NAME.getKey(), "rollcall");
        }
        own.put(ServiceAttributes.SERVICE_INSTANCE_ID.getKey(), nodeId);
        own.put(ServiceAttributes.SERVICE_VERSION.getKey(), version);
        own.keySet().removeAll(said.keySet());
        own.put(Telemetry.NODE_ID.getKey(), nodeId);
        String attributes = own.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        String others = config.getString(RESOURCE, "");
        return Map.of(RESOURCE, others.isEmpty() ? attributes : others + "," + attributes);
    }
}
