package io.rollcall.client;

import io.rollcall.api.model.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a service to return.
 *
 * @param since not before it; null for the oldest that is known
 * @param until not behind it; null for the newest
 * @param instance of this instance alone; null for all
 */
public record HistoryRange(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable InstanceId instance) {

    private static final HistoryRange ALL = new HistoryRange(null, null, null);

    /**
     * Everything that is known.
     *
     * @return the range
     */
    public static HistoryRange all() {
        return ALL;
    }

    void addTo(QueryParameters parameters) {
        parameters.addIfPresent("since", since == null ? null : since.toString());
        parameters.addIfPresent("until", until == null ? null : until.toString());
        parameters.addIfPresent("instance", instance == null ? null : instance.value());
    }
}
