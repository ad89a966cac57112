package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** How one attempt on one server ended. */
sealed interface Attempt {

    /**
     * The server answered.
     *
     * @param status the HTTP status
     * @param headers of the answer
     * @param body as it was sent
     * @param json the body; missing if it is none, or not JSON
     * @param text the body as text if it is not JSON, cut short
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answered(int status, HttpHeaders headers, byte[] body, JsonNode json, String text) implements Attempt {}

    /** No connection came about: the server has not seen the request. */
    record NotSent(String detail) implements Attempt {}

    /** The request was sent, or may have been, and no whole answer came. */
    record Broken(String detail) implements Attempt {}

    /** The calling thread was interrupted while it waited; its flag is set again. */
    record Interrupted() implements Attempt {}
}
