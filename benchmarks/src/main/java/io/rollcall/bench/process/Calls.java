package io.rollcall.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.bench.load.SecuredAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/** Single calls around the measurements: to prepare, to look, to wait. */
public final class Calls {

    private static final Duration CALL_WAIT_MAX = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = builder().build();
    private static final Map<SSLContext, HttpClient> SECURE = new ConcurrentHashMap<>();

    /**
     * An answer.
     *
     * @param status HTTP
     * @param headers all
     * @param body whole
     */
    public record Answer(int status, HttpHeaders headers, String body) {

        /** Returns whether the status is 2xx. */
        public boolean isOk() {
            return status / 100 == 2;
        }

        /** Returns the body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("no JSON in the answer: " + body, e);
            }
        }
    }

    private Calls() {}

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    private static HttpClient client(SSLContext context) {
        return builder().sslContext(context).build();
    }

    /**
     * Gets a path.
     *
     * @param server where
     * @param path with its query
     * @return any answer
     * @throws IOException if there is none
     */
    public static Answer get(InetSocketAddress server, String path) throws IOException {
        return send(server, "GET", path, "", CALL_WAIT_MAX);
    }

    /**
     * Sends JSON.
     *
     * @param server where
     * @param method for example {@code PUT}
     * @param path with its query
     * @param body JSON; empty: none
     * @param wait for the answer
     * @return any answer
     * @throws IOException if there is none in time
     */
    public static Answer send(InetSocketAddress server, String method, String path, String body, Duration wait)
            throws IOException {
        var secured = server instanceof SecuredAddress address ? address : null;
        var scheme = secured == null ? "http://" : "https://";
        var request = HttpRequest.newBuilder(
                        URI.create(scheme + server.getHostString() + ":" + server.getPort() + path))
                .timeout(wait)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (secured != null && !secured.authorization().isEmpty()) {
            request.header("Authorization", secured.authorization());
        }
        try {
            var client = secured == null ? CLIENT : SECURE.computeIfAbsent(secured.context(), Calls::client);
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in a call to " + path, e);
        }
    }

    /**
     * Sends JSON, and takes nothing but a 2xx answer.
     *
     * @param server where
     * @param method for example {@code PUT}
     * @param path with its query
     * @param body JSON; empty: none
     * @return 2xx
     * @throws IllegalStateException on any other answer, or none
     */
    public static Answer require(InetSocketAddress server, String method, String path, String body) {
        try {
            var answer = send(server, method, path, body, CALL_WAIT_MAX);
            if (!answer.isOk()) {
                throw new IllegalStateException(
                        method + " " + path + " of " + server + " answered " + answer.status() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + method + " " + path + " from " + server, e);
        }
    }

    /**
     * Waits for a condition.
     *
     * @param what for the message
     * @param wait at most
     * @param condition asked every few milliseconds
     * @return how long it took
     * @throws IllegalStateException if it did not come true
     */
    public static Duration await(String what, Duration wait, BooleanSupplier condition) {
        var start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > wait.toNanos()) {
                throw new IllegalStateException("waited " + wait.toSeconds() + " s in vain for " + what);
            }
            pause(Duration.ofMillis(POLL_MILLIS));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Waits for a time.
     *
     * @param time how long
     */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
