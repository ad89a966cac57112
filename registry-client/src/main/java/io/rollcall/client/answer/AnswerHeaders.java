package io.rollcall.client.answer;

import io.rollcall.api.http.Headers;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of itself.
 *
 * @param index the index of the change, or this query's version; 0 if there is none
 * @param applied the registry index that the answering node had applied; 0 if it did not say
 * @param dataAge since when the answering node knew itself current; null if it did not say
 * @param node the id of the answering node; empty if it did not say
 * @param consistency how it was read: {@code stale} or {@code linearizable}; null on a write
 * @param etag of the answer, with its quotes; null for none
 */
public record AnswerHeaders(
        long index,
        long applied,
        @Nullable Duration dataAge,
        String node,
        @Nullable String consistency,
        @Nullable String etag) {

    /**
     * Reads the headers of an answer.
     *
     * @param headers all of them
     * @return those of the registry
     */
    public static AnswerHeaders of(HttpHeaders headers) {
        Optional<Long> age = number(headers, Headers.DATA_AGE);
        return new AnswerHeaders(
                number(headers, Headers.INDEX).orElse(0L),
                number(headers, Headers.APPLIED).orElse(0L),
                age.isPresent() ? Duration.ofMillis(age.get()) : null,
                headers.firstValue(Headers.NODE).orElse(""),
                headers.firstValue(Headers.CONSISTENCY).orElse(null),
                headers.firstValue("ETag").orElse(null));
    }

    // Not firstValueAsLong: it throws on what is no number, and a proxy's header must not break a good answer.
    private static Optional<Long> number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .filter(text -> text.length() <= 18 && text.matches("[0-9]+"))
                .map(Long::parseLong);
    }
}
