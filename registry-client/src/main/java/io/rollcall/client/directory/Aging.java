package io.rollcall.client.directory;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How views grow old.
 *
 * @param nanos monotonic; only differences mean something
 * @param limit the age from which on a view is stale; null for none
 * @param refuses whether a stale view is refused
 */
record Aging(LongSupplier nanos, @Nullable Duration limit, boolean refuses) {

    boolean isStale(Duration age) {
        return limit != null && age.compareTo(limit) > 0;
    }
}
