package io.rollcall.statemachine.codec;

import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.StatusRange;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A health check, version 1; part of log and store. */
record HealthCheckV1(
        String type,
        String endpoint,
        long intervalMillis,
        long timeoutMillis,
        int retries,
        int successes,
        String method,
        SortedMap<String, String> headers,
        @MayBeNull @Nullable StatusRangeV1 expectStatus) {

    static @Nullable HealthCheckV1 ofNullable(@Nullable HealthCheck check) {
        if (check == null) {
            return null;
        }
        StatusRange range = check.expectStatus();
        return new HealthCheckV1(
                WireEnum.CHECK_TYPE.name(check.type()),
                check.endpoint(),
                check.interval().toMillis(),
                check.timeout().toMillis(),
                check.retries(),
                check.successes(),
                check.method(),
                check.headers(),
                range == null ? null : new StatusRangeV1(range.min(), range.max()));
    }

    HealthCheck thaw() {
        return new HealthCheck(
                WireEnum.CHECK_TYPE.parse(type),
                endpoint,
                Duration.ofMillis(intervalMillis),
                Duration.ofMillis(timeoutMillis),
                retries,
                successes,
                method,
                headers,
                expectStatus == null ? null : new StatusRange(expectStatus.min(), expectStatus.max()));
    }

    /** The HTTP statuses taken for healthy, both ends included. */
    record StatusRangeV1(int min, int max) {}
}
