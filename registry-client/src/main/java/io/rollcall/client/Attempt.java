package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;

/** How one attempt on one server ended. */
sealed interface Attempt {

    /** The most of a body that is no JSON that is quoted. */
    int MAX_QUOTED_BYTES = 1_000;

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

    static Attempt answered(int status, HttpHeaders headers, byte[] body) {
        if (body.length == 0) {
            return new Answered(status, headers, body, MissingNode.getInstance(), "");
        }
        try {
            return new Answered(status, headers, body, Json.mapper().readTree(body), "");
        } catch (IOException e) {
            String text = new String(body, 0, Math.min(body.length, MAX_QUOTED_BYTES), StandardCharsets.UTF_8);
            return new Answered(status, headers, body, MissingNode.getInstance(), text);
        }
    }

    /** What has gone wrong. Whatever is not known to have happened before the sending may have happened after it. */
    static Attempt failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        // Both are thrown before a connection stands.
        if (cause instanceof HttpConnectTimeoutException) {
            return new NotSent("no connection in time");
        }
        if (cause instanceof ConnectException) {
            // The JDK leaves the message empty for the two commonest reasons: nobody listens, or no such host.
            return new NotSent(cause.getMessage() == null ? "no connection" : cause.getMessage());
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            // Also when the server is the one who gives up the handshake: it reads no request before that is over.
            if (each instanceof SSLHandshakeException) {
                return new NotSent("TLS handshake failed: " + reason(each));
            }
        }
        String message = cause.getMessage();
        return new Broken("connection broke: " + (message == null ? cause.toString() : message));
    }

    /** The innermost message: those around it name classes of the JDK. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }
}
