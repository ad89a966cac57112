package io.rollcall.client.provide;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process is called, as its telemetry calls it: the resource of OpenTelemetry, read from where its SDK reads it.
 *
 * <p>A system property goes before the environment variable of the same setting, and the service's own setting before the
 * list of attributes: {@code otel.service.name}, {@code OTEL_SERVICE_NAME}, then {@code service.name} in {@code
 * otel.resource.attributes}, or else in {@code OTEL_RESOURCE_ATTRIBUTES}.
 *
 * @param serviceName {@code service.name}; null if it is not set
 * @param instanceId {@code service.instance.id}; null if it is not set
 * @param version {@code service.version}; empty if it is not set
 */
public record ProcessIdentity(
        @Nullable String serviceName, @Nullable String instanceId, String version) {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessIdentity.class);

    private static final String NAME_PROPERTY = "otel.service.name";
    private static final String NAME_VARIABLE = "OTEL_SERVICE_NAME";
    private static final String ATTRIBUTES_PROPERTY = "otel.resource.attributes";
    private static final String ATTRIBUTES_VARIABLE = "OTEL_RESOURCE_ATTRIBUTES";

    /**
     * Reads the identity of this process.
     *
     * @return as its environment and system properties are now
     */
    public static ProcessIdentity ofThisProcess() {
        return from(System.getenv(), System.getProperties());
    }

    /**
     * Reads an identity.
     *
     * @param environment environment variables
     * @param properties system properties
     * @return what they say; a list of attributes that cannot be read is logged and passed over as a whole, as the
     *     specification wants it
     */
    public static ProcessIdentity from(Map<String, String> environment, Properties properties) {
        Map<String, String> attributes =
                attributes(setting(environment, properties, ATTRIBUTES_VARIABLE, ATTRIBUTES_PROPERTY));
        String name = setting(environment, properties, NAME_VARIABLE, NAME_PROPERTY);
        return new ProcessIdentity(
                name == null ? attribute(attributes, "service.name") : name,
                attribute(attributes, "service.instance.id"),
                attributes.getOrDefault("service.version", ""));
    }

    private static Map<String, String> attributes(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        try {
            return ResourceAttributes.parse(text);
        } catch (IllegalArgumentException e) {
            LOG.atWarn().setCause(e).log("the OpenTelemetry resource attributes cannot be read, and are not used");
            return Map.of();
        }
    }

    private static @Nullable String attribute(Map<String, String> attributes, String key) {
        String value = attributes.get(key);
        return value == null || value.isBlank() ? null : value;
    }

    /** An empty value counts as none. */
    private static @Nullable String setting(
            Map<String, String> environment, Properties properties, String variable, String property) {
        String value = properties.getProperty(property);
        if (value == null || value.isBlank()) {
            value = environment.get(variable);
        }
        return value == null || value.isBlank() ? null : value.strip();
    }
}
