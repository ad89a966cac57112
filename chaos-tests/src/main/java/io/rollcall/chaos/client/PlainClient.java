package io.rollcall.chaos.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A client that sends each request once, to the node it is told, and says what is known of it afterwards. Thread-safe.
 *
 * <p>It shares no code with {@code registry-client}, whose retries would blur what a node really did.
 */
public final class PlainClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** The codes whose contract is that nothing was done; the checks hold the server to it. */
    private static final Set<String> NOTHING_WAS_DONE =
            Set.of("no-leader", "not-ready", "overloaded", "rate-limited", "disk-full", "audit-unavailable");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Duration requestTimeout;

    /**
     * A client of its own connections.
     *
     * @param requestTimeout after which a request without an answer is unknown
     */
    public PlainClient(Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    /**
     * Sends and waits.
     *
     * @param node the node's HTTP address
     * @param request what to send
     * @return what is known of it
     */
    public Outcome send(URI node, ApiRequest request) {
        return sendAsync(node, request).join();
    }

    /**
     * Sends.
     *
     * @param node the node's HTTP address
     * @param request what to send
     * @return what is known of it; never completes exceptionally
     */
    public CompletableFuture<Outcome> sendAsync(URI node, ApiRequest request) {
        return http.sendAsync(toHttp(node, request), HttpResponse.BodyHandlers.ofString())
                .handle((response, failure) -> failure == null ? classify(toAnswer(response)) : classify(failure));
    }

    private HttpRequest toHttp(URI node, ApiRequest request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(node.resolve(request.path())).timeout(requestTimeout);
        request.headers().forEach(builder::header);
        String body = request.body();
        if (body == null) {
            return builder.method(request.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return builder.header("Content-Type", "application/json")
                .method(request.method(), HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static Answer toAnswer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), parse(response.body()));
    }

    private static JsonNode parse(String body) {
        if (body.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Says what an answer means.
     *
     * @param answer any
     * @return done below 400; not done for a refusal and for the codes that promise it; unknown for all else
     */
    static Outcome classify(Answer answer) {
        if (answer.status() < 400) {
            return new Outcome.Done(answer);
        }
        if (NOTHING_WAS_DONE.contains(answer.code())) {
            return new Outcome.NotDone(true, answer.toString(), answer);
        }
        if (answer.status() < 500) {
            return new Outcome.NotDone(false, answer.toString(), answer);
        }
        return new Outcome.Unknown(answer.toString(), answer);
    }

    /**
     * Says what a failure without an answer means.
     *
     * @param failure of the exchange
     * @return not done only where no connection came about; everything later may have reached the node
     */
    static Outcome classify(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Outcome.NotDone(true, cause.toString(), null);
        }
        if (cause instanceof IOException) {
            return new Outcome.Unknown(cause.toString(), null);
        }
        throw new IllegalStateException("a request failed in the client itself", cause);
    }
}
