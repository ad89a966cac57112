package io.rollcall.api.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules of a registration's fields, as they hold today at the edge; limits are part of the interface. */
public final class RegistrationRules {

    /** Longest version, in characters. */
    public static final int MAX_VERSION_LENGTH = 64;

    /** Most tags of one instance. */
    public static final int MAX_TAGS = 64;

    /** Longest key of a tag or of metadata, in characters. */
    public static final int MAX_KEY_LENGTH = 128;

    /** Longest value of a tag, in characters. */
    public static final int MAX_TAG_VALUE_LENGTH = 512;

    /** Most metadata of one instance: all keys and values together, in bytes of UTF-8. */
    public static final int MAX_METADATA_BYTES = 16 * 1024;

    /** Longest zone, in characters. */
    public static final int MAX_ZONE_LENGTH = 128;

    /** Highest port. */
    public static final int MAX_PORT = 65_535;

    /** Highest weight. */
    public static final int MAX_WEIGHT = 65_535;

    /** Shortest heartbeat lease that is not "none". */
    public static final Duration MIN_TTL = Duration.ofSeconds(1);

    /** Longest heartbeat lease. */
    public static final Duration MAX_TTL = Duration.ofHours(24);

    /** Longest time that {@code critical} may last before removal. */
    public static final Duration MAX_DEREGISTER_AFTER = Duration.ofDays(30);

    /** Most failures or successes in a row that a check may ask for. */
    public static final int MAX_IN_A_ROW = 100;

    /** Most headers of one check. */
    public static final int MAX_CHECK_HEADERS = 32;

    private static final Duration MIN_CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_CHECK_INTERVAL = Duration.ofHours(1);
    private static final Duration MIN_CHECK_TIMEOUT = Duration.ofMillis(10);
    private static final Duration MAX_CHECK_TIMEOUT = Duration.ofMinutes(1);
    private static final int MAX_ENDPOINT_LENGTH = 1_024;
    private static final int MAX_HEADER_VALUE_LENGTH = 1_024;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    // RFC 3986 path-absolute and query. What is no URI here would fail at each check, on the leader, for ever.
    private static final Pattern HTTP_ENDPOINT =
            Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern METHOD = Pattern.compile("GET|HEAD|POST|PUT|OPTIONS");

    private RegistrationRules() {}

    /**
     * Checks all fields.
     *
     * @param registration the candidate
     * @param violations takes what is found
     */
    public static void check(Registration registration, Violations violations) {
        text(violations, "version", registration.version(), MAX_VERSION_LENGTH);
        if (!Hosts.isValid(registration.host())) {
            violations.add("host", "must be a valid DNS name or IP literal", Hosts.MAX_LENGTH);
        }
        range(violations, "port", registration.port(), 1, MAX_PORT);
        tags(violations, registration.tags());
        metadata(violations, registration.metadata());
        text(violations, "zone", registration.zone(), MAX_ZONE_LENGTH);
        range(violations, "weight", registration.weight(), 0, MAX_WEIGHT);
        zeroOrBetween(violations, "ttl", registration.ttl(), MIN_TTL, MAX_TTL);
        zeroOrBetween(violations, "deregisterAfter", registration.deregisterAfter(), MIN_TTL, MAX_DEREGISTER_AFTER);
        HealthCheck check = registration.healthCheck();
        if (check != null) {
            healthCheck(violations, check);
        }
    }

    private static void tags(Violations violations, Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            violations.add("tags", "must have at most " + MAX_TAGS + " entries, has " + tags.size(), MAX_TAGS);
        }
        tags.forEach((key, value) -> {
            key(violations, "tags", key);
            text(violations, "tags." + key, value, MAX_TAG_VALUE_LENGTH);
        });
    }

    private static void metadata(Violations violations, Map<String, String> metadata) {
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            key(violations, "metadata", entry.getKey());
            if (Texts.hasForbidden(entry.getValue(), true)) {
                violations.add(
                        "metadata." + entry.getKey(),
                        "must not contain control characters other than tab and line ends, nor half a surrogate pair");
            }
            bytes += utf8Length(entry.getKey()) + utf8Length(entry.getValue());
        }
        if (bytes > MAX_METADATA_BYTES) {
            violations.add(
                    "metadata",
                    "must have at most " + MAX_METADATA_BYTES + " bytes in all, has " + bytes,
                    MAX_METADATA_BYTES);
        }
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void key(Violations violations, String map, String key) {
        if (key.isEmpty()) {
            violations.add(map, "must not have an empty key");
        } else {
            text(violations, key.length() > MAX_KEY_LENGTH ? map : map + "." + key, key, MAX_KEY_LENGTH);
        }
    }

    private static void healthCheck(Violations violations, HealthCheck check) {
        text(violations, "healthCheck.endpoint", check.endpoint(), MAX_ENDPOINT_LENGTH);
        if (check.type().isHttp() && !HTTP_ENDPOINT.matcher(check.endpoint()).matches()) {
            violations.add(
                    "healthCheck.endpoint",
                    "must be a path that starts with /, with or without a query, percent-encoded where needed");
        }
        between(violations, "healthCheck.interval", check.interval(), MIN_CHECK_INTERVAL, MAX_CHECK_INTERVAL);
        between(violations, "healthCheck.timeout", check.timeout(), MIN_CHECK_TIMEOUT, MAX_CHECK_TIMEOUT);
        range(violations, "healthCheck.retries", check.retries(), 1, MAX_IN_A_ROW);
        range(violations, "healthCheck.successes", check.successes(), 1, MAX_IN_A_ROW);
        if (!METHOD.matcher(check.method()).matches()) {
            violations.add("healthCheck.method", "must be one of GET, HEAD, POST, PUT, OPTIONS");
        }
        if (check.headers().size() > MAX_CHECK_HEADERS) {
            violations.add(
                    "healthCheck.headers", "must have at most " + MAX_CHECK_HEADERS + " entries", MAX_CHECK_HEADERS);
        }
        check.headers().forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches()) {
                violations.add("healthCheck.headers", "must have names that are HTTP tokens");
            }
            text(violations, "healthCheck.headers." + name, value, MAX_HEADER_VALUE_LENGTH);
        });
    }

    private static void text(Violations violations, String field, String value, int maxLength) {
        if (value.length() > maxLength) {
            violations.add(field, "must have at most " + maxLength + " characters, has " + value.length(), maxLength);
        } else if (Texts.hasForbidden(value, false)) {
            violations.add(field, "must not contain control characters or half a surrogate pair");
        }
    }

    private static void range(Violations violations, String field, int value, int min, int max) {
        if (value < min || value > max) {
            violations.add(field, "must be " + min + " to " + max + ", is " + value, value < min ? min : max);
        }
    }

    private static void zeroOrBetween(Violations violations, String field, Duration value, Duration min, Duration max) {
        if (!value.isZero()) {
            between(violations, field, value, min, max);
        }
    }

    private static void between(Violations violations, String field, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            violations.add(
                    field,
                    "must be " + Durations.format(min) + " to " + Durations.format(max) + ", is "
                            + Durations.format(value),
                    Durations.format(value.compareTo(min) < 0 ? min : max));
        }
    }
}
