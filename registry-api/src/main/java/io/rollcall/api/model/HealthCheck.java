package io.rollcall.api.model;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an instance wants to be checked. The record keeps any values; {@link RegistrationRules} says which are allowed.
 *
 * @param type the kind of check
 * @param endpoint path for HTTP, service name for gRPC, empty where the kind has none
 * @param interval from one check to the next
 * @param timeout for one check
 * @param retries failures in a row before {@code critical}
 * @param successes successes in a row before {@code passing}
 * @param method HTTP method
 * @param headers sent with an HTTP check, sorted by name
 * @param expectStatus what an HTTP check accepts; null accepts 200 to 299
 */
public record HealthCheck(
        CheckType type,
        String endpoint,
        Duration interval,
        Duration timeout,
        int retries,
        int successes,
        String method,
        SortedMap<String, String> headers,
        @Nullable StatusRange expectStatus) {

    /** From one check to the next, unless told. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /** The time one check may take, unless told. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    /** Failures in a row before {@code critical}, unless told. */
    public static final int DEFAULT_RETRIES = 3;

    /** Successes in a row before {@code passing}, unless told. */
    public static final int DEFAULT_SUCCESSES = 1;

    /** Copies the headers. */
    public HealthCheck {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /**
     * A check with all defaults.
     *
     * @param type the kind of check
     * @param endpoint path or gRPC service; empty for none
     * @return the check
     */
    public static HealthCheck of(CheckType type, String endpoint) {
        return new HealthCheck(
                type,
                endpoint,
                DEFAULT_INTERVAL,
                DEFAULT_TIMEOUT,
                DEFAULT_RETRIES,
                DEFAULT_SUCCESSES,
                "GET",
                Collections.emptySortedMap(),
                null);
    }
}
