package io.rollcall.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions and identity of a write.
 *
 * @param takeover registers an id although a live instance holds it at another address
 * @param ifMatch the modify index that the instance must have, or {@code *} for any; null for no condition
 * @param incarnation deregisters only this incarnation; 0 for whichever is there
 * @param requestId makes repetitions within ten minutes one write, 1 to 64 printable characters; null: the client makes one
 */
public record WriteOptions(
        boolean takeover,
        @Nullable String ifMatch,
        long incarnation,
        @Nullable String requestId) {

    private static final WriteOptions NONE = new WriteOptions(false, null, 0, null);

    /**
     * No conditions.
     *
     * @return the options
     */
    public static WriteOptions none() {
        return NONE;
    }

    /**
     * Takes the id over from a live instance at another address.
     *
     * @return a copy
     */
    public WriteOptions withTakeover() {
        return new WriteOptions(true, ifMatch, incarnation, requestId);
    }

    /**
     * Requires a modify index.
     *
     * @param value the index, or {@code *}: it must exist; null for no condition
     * @return a copy
     */
    public WriteOptions withIfMatch(@Nullable String value) {
        return new WriteOptions(takeover, value, incarnation, requestId);
    }

    /**
     * Fences a deregistration.
     *
     * @param value the incarnation; 0 for whichever is there
     * @return a copy
     */
    public WriteOptions withIncarnation(long value) {
        return new WriteOptions(takeover, ifMatch, value, requestId);
    }

    /**
     * Sets the request id.
     *
     * @param value null: the client makes one
     * @return a copy
     */
    public WriteOptions withRequestId(@Nullable String value) {
        return new WriteOptions(takeover, ifMatch, incarnation, value);
    }

    void addTo(QueryParameters parameters) {
        if (takeover) {
            parameters.add("takeover", "true");
        }
        if (incarnation > 0) {
            parameters.add("incarnation", Long.toString(incarnation));
        }
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (ifMatch != null) {
            headers.put("If-Match", "*".equals(ifMatch) ? "*" : '"' + ifMatch + '"');
        }
        return headers;
    }
}
