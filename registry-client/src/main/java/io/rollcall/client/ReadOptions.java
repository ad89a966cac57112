package io.rollcall.client;

import io.rollcall.api.model.Durations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How to read, and how much.
 *
 * @param consistency what the read promises
 * @param maxStaleness the oldest data a stale read may give, in ms; null for any
 * @param minIndex waits until the answering node has applied this registry index; 0 for none
 * @param limit the most entries of a page, 1 to 10,000; 0 for the call's default
 * @param cursor where the page before ended; null for the first page
 * @param at asks what was true then; null for now
 */
public record ReadOptions(
        Consistency consistency,
        @Nullable Duration maxStaleness,
        long minIndex,
        int limit,
        @Nullable String cursor,
        @Nullable Instant at) {

    private static final ReadOptions STALE = new ReadOptions(Consistency.STALE, null, 0, 0, null, null);

    /**
     * A stale read of the default size.
     *
     * @return the options
     */
    public static ReadOptions stale() {
        return STALE;
    }

    /**
     * A linearizable read of the default size.
     *
     * @return the options
     */
    public static ReadOptions linearizable() {
        return STALE.withConsistency(Consistency.LINEARIZABLE);
    }

    /**
     * Sets the consistency.
     *
     * @param value the consistency
     * @return a copy
     */
    public ReadOptions withConsistency(Consistency value) {
        return new ReadOptions(value, maxStaleness, minIndex, limit, cursor, at);
    }

    /**
     * Sets the oldest data that a stale read may give.
     *
     * @param value null for any
     * @return a copy
     */
    public ReadOptions withMaxStaleness(@Nullable Duration value) {
        return new ReadOptions(consistency, value, minIndex, limit, cursor, at);
    }

    /**
     * Sets the registry index to wait for.
     *
     * @param value 0 for none
     * @return a copy
     */
    public ReadOptions withMinIndex(long value) {
        return new ReadOptions(consistency, maxStaleness, value, limit, cursor, at);
    }

    /**
     * Sets the page.
     *
     * @param limitValue 0 for the call's default
     * @param cursorValue null for the first page
     * @return a copy
     */
    public ReadOptions withPage(int limitValue, @Nullable String cursorValue) {
        return new ReadOptions(consistency, maxStaleness, minIndex, limitValue, cursorValue, at);
    }

    /**
     * Asks what was true at an earlier instant.
     *
     * @param value null for now; 400 if nothing is known of it any more
     * @return a copy
     */
    public ReadOptions withAt(@Nullable Instant value) {
        return new ReadOptions(consistency, maxStaleness, minIndex, limit, cursor, value);
    }

    void addTo(QueryParameters parameters) {
        if (consistency != Consistency.STALE) {
            parameters.add("consistency", consistency.wireName());
        }
        if (maxStaleness != null) {
            parameters.add("maxStaleness", Durations.format(maxStaleness));
        }
        if (minIndex > 0) {
            parameters.add("minIndex", Long.toString(minIndex));
        }
        if (limit > 0) {
            parameters.add("limit", Integer.toString(limit));
        }
        if (cursor != null) {
            parameters.add("cursor", cursor);
        }
        if (at != null) {
            parameters.add("at", at.toString());
        }
    }
}
