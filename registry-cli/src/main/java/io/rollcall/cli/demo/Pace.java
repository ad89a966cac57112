package io.rollcall.cli.demo;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.HealthCheck;
import java.time.Duration;
import java.util.Collections;

/**
 * How fast the samples live: their leases and checks, and when two of them are in trouble. A short cycle shortens all of
 * it, as far as the registry allows, so that each trouble lasts long enough to be noticed.
 *
 * @param cycle from one trouble of a sample to its next; zero for none
 */
record Pace(Duration cycle) {

    private static final Duration FULL_CYCLE = DemoSettings.DEFAULT_TROUBLE;
    private static final Duration MIN_CYCLE = Duration.ofSeconds(9);
    private static final Duration MAX_CYCLE = Duration.ofHours(1);
    private static final int RETRIES = 2;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration FAILING = Duration.ofSeconds(15);
    private static final Duration SILENT = Duration.ofSeconds(12);

    static void requireCycle(String option, Duration cycle) {
        if (!cycle.isZero() && (cycle.compareTo(MIN_CYCLE) < 0 || cycle.compareTo(MAX_CYCLE) > 0)) {
            throw new IllegalArgumentException(option + " must be " + Durations.format(MIN_CYCLE) + " to "
                    + Durations.format(MAX_CYCLE) + ", or 0s for none, is " + Durations.format(cycle));
        }
    }

    Duration ttl() {
        return scaled(TTL);
    }

    HealthCheck check(String path) {
        Duration interval = scaled(CHECK_INTERVAL);
        return new HealthCheck(
                CheckType.HTTP,
                path,
                interval,
                interval.dividedBy(2),
                RETRIES,
                HealthCheck.DEFAULT_SUCCESSES,
                "GET",
                Collections.emptySortedMap(),
                null);
    }

    /** When a sample fails its health check: in the second third of each cycle. */
    Schedule failing() {
        return cycle.isZero() ? Schedule.NEVER : new Schedule(cycle.dividedBy(3), scaled(FAILING), cycle);
    }

    /** When a sample sends no heartbeats: once the other one has recovered. */
    Schedule silent() {
        return cycle.isZero()
                ? Schedule.NEVER
                : new Schedule(cycle.multipliedBy(7).dividedBy(9), scaled(SILENT), cycle);
    }

    /** What is meant for the default cycle, shorter in a shorter one, but never below what a registration may ask for. */
    private Duration scaled(Duration byDefault) {
        if (cycle.isZero() || cycle.compareTo(FULL_CYCLE) >= 0) {
            return byDefault;
        }
        // To the millisecond, as durations are written.
        long millis = byDefault.toMillis() * cycle.toMillis() / FULL_CYCLE.toMillis();
        return Duration.ofMillis(Math.max(millis, SHORTEST.toMillis()));
    }
}
