package io.rollcall.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fields of an instance as options. What is not given is not sent, so that the registry's defaults hold. */
final class RegistrationOptions {

    @Option(names = "--host", paramLabel = "HOST", description = "Where it listens: a DNS name or an IP address.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "1 to 65535.")
    private @Nullable Integer port;

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            completionCandidates = Candidates.Protocols.class,
            description = "What it speaks: ${COMPLETION-CANDIDATES}. Default: http.")
    private @Nullable String protocol;

    @Option(names = "--version", paramLabel = "VERSION", description = "Its version, free text.")
    private @Nullable String version;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "What filters select on; repeats.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "Carried, not selected on; repeats.")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(names = "--zone", paramLabel = "ZONE", description = "Its locality, for load balancers.")
    private @Nullable String zone;

    @Option(
            names = "--weight",
            paramLabel = "N",
            description = "Its share of new traffic, 0 to 65535; 0 takes none. Default: 100.")
    private @Nullable Integer weight;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description = "Its heartbeat lease; 0s needs no heartbeat. Default: 30s.")
    private @Nullable String ttl;

    @Option(
            names = "--deregister-after",
            paramLabel = "DURATION",
            description = "How long it may be critical before it is removed; 0s is for ever. Default: 5m.")
    private @Nullable String deregisterAfter;

    @Option(
            names = "--check",
            paramLabel = "TYPE",
            completionCandidates = Candidates.CheckTypes.class,
            description = "Check its health: ${COMPLETION-CANDIDATES}. Any --check option asks for a check.")
    private @Nullable String checkType;

    @Option(
            names = "--check-endpoint",
            paramLabel = "ENDPOINT",
            description = "A path, or a gRPC service. Default: / for http and https.")
    private @Nullable String checkEndpoint;

    @Option(names = "--check-interval", paramLabel = "DURATION", description = "Default: 10s.")
    private @Nullable String checkInterval;

    @Option(names = "--check-timeout", paramLabel = "DURATION", description = "Default: 2s.")
    private @Nullable String checkTimeout;

    @Option(
            names = "--check-retries",
            paramLabel = "N",
            description = "Failures in a row before it is critical. Default: 3.")
    private @Nullable Integer checkRetries;

    @Option(
            names = "--check-successes",
            paramLabel = "N",
            description = "Successes in a row before it is passing. Default: 1.")
    private @Nullable Integer checkSuccesses;

    @Option(names = "--check-method", paramLabel = "METHOD", description = "HTTP method. Default: GET.")
    private @Nullable String checkMethod;

    @Option(names = "--check-header", paramLabel = "NAME=VALUE", description = "Sent with an HTTP check; repeats.")
    private Map<String, String> checkHeaders = new LinkedHashMap<>();

    @Option(
            names = "--check-expect",
            paramLabel = "STATUS",
            description = "What an HTTP check accepts, such as 204 or 200-399. Default: 200-299.")
    private @Nullable String checkExpectStatus;

    /** Sets the fields that were given; those of the object that were not stay. */
    void addTo(ObjectNode registration) {
        put(registration, "host", host);
        put(registration, "port", port);
        put(registration, "protocol", protocol);
        put(registration, "version", version);
        put(registration, "tags", tags);
        put(registration, "metadata", metadata);
        put(registration, "zone", zone);
        put(registration, "weight", weight);
        put(registration, "ttl", ttl);
        put(registration, "deregisterAfter", deregisterAfter);
        ObjectNode check = registration.path("healthCheck").isObject()
                ? (ObjectNode) registration.path("healthCheck")
                : registration.objectNode();
        put(check, "type", checkType);
        put(check, "endpoint", checkEndpoint);
        put(check, "interval", checkInterval);
        put(check, "timeout", checkTimeout);
        put(check, "retries", checkRetries);
        put(check, "successes", checkSuccesses);
        put(check, "method", checkMethod);
        put(check, "headers", checkHeaders);
        put(check, "expectStatus", checkExpectStatus);
        if (!check.isEmpty()) {
            registration.set("healthCheck", check);
        }
    }

    private static void put(ObjectNode object, String field, @Nullable String value) {
        if (value != null) {
            object.put(field, value);
        }
    }

    private static void put(ObjectNode object, String field, @Nullable Integer value) {
        if (value != null) {
            object.put(field, value);
        }
    }

    private static void put(ObjectNode object, String field, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode map = object.objectNode();
            values.forEach(map::put);
            object.set(field, map);
        }
    }
}
