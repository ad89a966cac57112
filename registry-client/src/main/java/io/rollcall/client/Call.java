package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Headers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request as it goes to whichever server answers.
 *
 * @param route what is asked
 * @param target path and query
 * @param body null for none
 * @param headers beside those that each request carries
 * @param requestId the same on each attempt; null for a call whose loss leaves nothing unknown that matters
 * @param holds how long the server may hold the answer back because it was asked to; attempts and the call last longer
 *     by it
 * @param reader makes the value of a successful answer
 * @param <T> what the answer holds
 */
record Call<T>(
        Route route,
        String target,
        @Nullable Body body,
        Map<String, String> headers,
        @Nullable String requestId,
        Duration holds,
        Function<Attempt.Answered, T> reader) {

    static <T> Call<T> read(Route route, String target, Function<JsonNode, T> reader) {
        return repeatable(route, target, null, reader);
    }

    /** A read whose answer is not JSON. */
    static <T> Call<T> raw(Route route, String target, Function<Attempt.Answered, T> reader) {
        return new Call<>(route, target, null, Map.of(), null, Duration.ZERO, reader);
    }

    /** A call that may be made any number of times: it changes nothing, or nothing more when it is made again. */
    static <T> Call<T> repeatable(Route route, String target, @Nullable String body, Function<JsonNode, T> reader) {
        return new Call<>(route, target, Body.json(body), Map.of(), null, Duration.ZERO, json(reader));
    }

    static <T> Call<T> write(
            Route route, String target, @Nullable String body, WriteOptions options, Function<JsonNode, T> reader) {
        String requestId = options.requestId();
        if (requestId == null) {
            requestId = UUID.randomUUID().toString();
        }
        Map<String, String> headers = new LinkedHashMap<>(options.headers());
        headers.put(Headers.IDEMPOTENCY_KEY, requestId);
        return new Call<>(route, target, Body.json(body), headers, requestId, Duration.ZERO, json(reader));
    }

    /** The same call, to which the answer is held back for as long as that. */
    Call<T> holding(Duration time) {
        return new Call<>(route, target, body, headers, requestId, time, reader);
    }

    /** The same write as a dry run: it changes nothing, so that it goes as a read does. */
    static <T> Call<T> dryRun(
            Route route, String target, @Nullable String body, WriteOptions options, Function<JsonNode, T> reader) {
        return new Call<>(route, target, Body.json(body), options.headers(), null, Duration.ZERO, json(reader));
    }

    /** The same call with something else than JSON. */
    Call<T> carrying(Body other) {
        return new Call<>(route, target, other, headers, requestId, holds, reader);
    }

    /** The same call with more headers. */
    Call<T> with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Call<>(route, target, body, all, requestId, holds, reader);
    }

    /** Whether it changes something that its answer has an index for. */
    boolean isWrite() {
        return requestId != null;
    }

    /** Reads the JSON of an answer, which is missing for an answer without one. */
    private static <T> Function<Attempt.Answered, T> json(Function<JsonNode, T> reader) {
        return answer -> reader.apply(answer.json());
    }
}
