package io.rollcall.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Headers;
import java.net.http.HttpHeaders;

/**
 * What a node answered.
 *
 * @param status the HTTP status
 * @param headers the headers, names in any case
 * @param body the JSON; a missing node where there was none or none that can be read
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

    /**
     * Returns the index of the answer.
     *
     * @return {@code Registry-Index}; -1 without one
     */
    public long index() {
        return header(Headers.INDEX);
    }

    /**
     * Returns how far the answering node had applied.
     *
     * @return {@code Registry-Applied}; -1 without one
     */
    public long applied() {
        return header(Headers.APPLIED);
    }

    /**
     * Returns the age of what was read.
     *
     * @return {@code Registry-Data-Age} in milliseconds; -1 without one
     */
    public long dataAgeMillis() {
        return header(Headers.DATA_AGE);
    }

    /**
     * Returns the code of an error.
     *
     * @return such as {@code no-leader}; empty where the body has none
     */
    public String code() {
        return body.path("code").asText("");
    }

    /** Names status and body, cut to one line's length. */
    @Override
    public String toString() {
        String text = body.toString();
        return status + " " + text.substring(0, Math.min(text.length(), 400));
    }

    private long header(String name) {
        return headers.firstValueAsLong(name).orElse(-1);
    }
}
