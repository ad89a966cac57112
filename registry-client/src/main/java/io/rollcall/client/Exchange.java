package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request to one server, and says how that ended without throwing. */
final class Exchange implements AutoCloseable {

    private static final int MAX_QUOTED_BYTES = 1_000;
    private static final int MAX_PROBLEM_BYTES = 64 * 1024;

    private final ClientSettings settings;
    private final @Nullable String token;
    private final HttpClient http;

    Exchange(ClientSettings settings, @Nullable String token) {
        this.settings = settings;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                // A node never redirects; following one could carry the token elsewhere.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Attempt send(URI server, Call<?> call, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> answer = sendLater(server, call);
        try {
            // Not HttpRequest.timeout: it ends with the headers, and a body that stalls would hold the call for ever.
            return answered(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Attempt.Broken("no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Attempt.Interrupted();
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private HttpRequest request(URI server, Call<?> call) {
        Body body = call.body();
        HttpRequest.Builder request = request(server, call.target())
                .method(
                        call.method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.bytes()))
                .header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", body.contentType());
        }
        call.headers().forEach(request::header);
        return request.build();
    }

    private HttpRequest.Builder request(URI server, String target) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + target)).header("User-Agent", "rollcall-client");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Sends one request to one server without waiting for its answer; fails with whatever goes wrong. */
    CompletableFuture<HttpResponse<byte[]>> sendLater(URI server, Call<?> call) {
        return http.sendAsync(request(server, call), info -> new LimitedBody(settings.maxAnswerBytes()));
    }

    /** Asks one server for a stream; completed once its headers are there, or with an answer that is none. */
    CompletableFuture<HttpResponse<StreamAnswer>> stream(URI server, String target, Map<String, String> headers) {
        HttpRequest.Builder request = request(server, target).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        return http.sendAsync(
                request.build(),
                info -> info.statusCode() == HttpURLConnection.HTTP_OK
                        ? BodySubscribers.mapping(new EventStreamBody(), StreamAnswer.Streaming::new)
                        : BodySubscribers.mapping(new LimitedBody(MAX_PROBLEM_BYTES), StreamAnswer.Other::new));
    }

    /** What a server says that was asked for a stream. */
    sealed interface StreamAnswer {
        record Streaming(EventStreamBody body) implements StreamAnswer {}

        @SuppressWarnings("ArrayRecordComponent") // never compared, and read once
        record Other(byte[] body) implements StreamAnswer {}
    }

    private static Attempt answered(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        if (body.length == 0) {
            return new Attempt.Answered(response.statusCode(), response.headers(), body, MissingNode.getInstance(), "");
        }
        JsonNode json;
        try {
            json = Json.mapper().readTree(body);
        } catch (IOException e) {
            String text = new String(body, 0, Math.min(body.length, MAX_QUOTED_BYTES), StandardCharsets.UTF_8);
            return new Attempt.Answered(
                    response.statusCode(), response.headers(), body, MissingNode.getInstance(), text);
        }
        return new Attempt.Answered(response.statusCode(), response.headers(), body, json, "");
    }

    private static Attempt failed(Throwable cause) {
        // Both are thrown before a connection stands. Whatever else goes wrong may have gone wrong after the sending.
        if (cause instanceof HttpConnectTimeoutException) {
            return new Attempt.NotSent("no connection in time");
        }
        if (cause instanceof ConnectException) {
            // The JDK leaves the message empty for the two commonest reasons: nobody listens, or no such host.
            return new Attempt.NotSent(cause.getMessage() == null ? "no connection" : cause.getMessage());
        }
        String message = cause.getMessage();
        return new Attempt.Broken("connection broke: " + (message == null ? cause.toString() : message));
    }

    /** Waits for running calls where the JDK can (21 and later); elsewhere the client's threads end by themselves. */
    @Override
    public void close() {
        if ((Object) http instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client did not close", e);
            }
        }
    }
}
