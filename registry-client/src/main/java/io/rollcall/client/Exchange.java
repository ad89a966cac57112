package io.rollcall.client;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to one server, and says how that ended. Nothing here waits.
 *
 * <p>The JDK's client tells of an answer in the common pool, which a program may block, and which has one thread on a small
 * machine. So an answer is taken where it is read, by the one who reads its body; of the JDK's own futures only failures are
 * heard, and an attempt that fails while the common pool is blocked is given up by its timeout at the latest.
 */
final class Exchange implements AutoCloseable {

    private static final int MAX_PROBLEM_BYTES = 64 * 1024;
    private static final Duration FREED_WITHIN = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final String CLOSED = "the client is closed";

    private final ClientSettings settings;
    private final Credentials credentials;
    private final ClientThreads threads;
    // Null once it is closed: what nobody refers to ends by itself on JDKs whose client cannot be closed.
    private volatile @Nullable HttpClient http;

    Exchange(ClientSettings settings, Credentials credentials, @Nullable SSLContext tls, ClientThreads threads) {
        this.settings = settings;
        this.credentials = credentials;
        this.threads = threads;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .executor(threads.pool())
                // A node never redirects; following one could carry the token elsewhere.
                .followRedirects(HttpClient.Redirect.NEVER);
        if (tls != null) {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            builder.sslContext(tls).sslParameters(parameters);
        }
        http = builder.build();
    }

    Credentials credentials() {
        return credentials;
    }

    /** Sends one request with the token of now. */
    CompletableFuture<Attempt> send(URI server, Call<?> call) {
        try {
            return send(server, call, credentials.current(), Map.of(), settings.attemptTimeout());
        } catch (TokenException e) {
            return CompletableFuture.completedFuture(new Attempt.NotSent(e.detail()));
        }
    }

    /**
     * Sends one request.
     *
     * @param token null for none
     * @param more headers beside those of the call
     * @param timeout until the whole answer is there
     * @return never fails; cancelling it breaks the request off
     */
    CompletableFuture<Attempt> send(
            URI server, Call<?> call, @Nullable String token, Map<String, String> more, Duration timeout) {
        HttpClient client = http;
        if (client == null) {
            return CompletableFuture.completedFuture(new Attempt.NotSent(CLOSED));
        }
        CompletableFuture<Attempt> ended = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request(server, call, token, more), info -> {
                    LimitedBody body = new LimitedBody(settings.maxAnswerBytes());
                    var unused = body.getBody().whenComplete((bytes, failure) -> read(ended, info, bytes, failure));
                    return body;
                });
        hear(
                exchange,
                ended,
                (response, failure) -> ended.complete(
                        response == null
                                ? Attempt.failed(failure)
                                : Attempt.answered(response.statusCode(), response.headers(), response.body())));
        // Not HttpRequest.timeout: it ends with the headers, and a body that stalls would hold the call for ever.
        Future<?> timer = threads.after(
                timeout, () -> ended.complete(new Attempt.Broken("no answer within " + timeout.toMillis() + " ms")));
        track(ended, exchange, timer);
        return ended;
    }

    private void read(
            CompletableFuture<Attempt> ended, ResponseInfo info, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (bytes == null) {
            ended.complete(Attempt.failed(failure == null ? new IllegalStateException("no body") : failure));
            return;
        }
        Attempt answered = Attempt.answered(info.statusCode(), info.headers(), bytes);
        if (info.statusCode() == HttpURLConnection.HTTP_NO_CONTENT) {
            // Without a body the connection is not yet free, and the next call would open another one. It is when the
            // JDK tells of the answer, for which nobody waits long: see above.
            var unused = threads.after(FREED_WITHIN, () -> ended.complete(answered));
        } else {
            ended.complete(answered);
        }
    }

    /** Breaks the exchange off when it has ended otherwise than by its answer. */
    private void track(CompletableFuture<Attempt> ended, CompletableFuture<?> exchange, Future<?> timer) {
        var unused = ended.whenComplete((attempt, failure) -> {
            timer.cancel(false);
            if (!(attempt instanceof Attempt.Answered)) {
                exchange.cancel(true);
            }
        });
    }

    /** Hears of what the JDK tells, away from the common pool, where the next attempt would begin otherwise. */
    private <V> void hear(
            CompletableFuture<V> exchange, CompletableFuture<?> told, BiConsumer<@Nullable V, Throwable> listener) {
        var unused = exchange.whenComplete((response, failure) -> {
            if (!told.isDone()) {
                threads.pool().execute(() -> listener.accept(response, failure));
            }
        });
    }

    private static HttpRequest request(URI server, Call<?> call, @Nullable String token, Map<String, String> more) {
        Body body = call.body();
        HttpRequest.Builder request = request(server, call.target(), token)
                .method(
                        call.route().method(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.bytes()))
                .header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", body.contentType());
        }
        call.headers().forEach(request::header);
        more.forEach(request::header);
        return request.build();
    }

    private static HttpRequest.Builder request(URI server, String target, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + target)).header("User-Agent", "rollcall-client");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /**
     * Asks one server for a stream.
     *
     * @return completed once the stream's headers are there, or with an answer that is none; fails with whatever goes
     *     wrong; cancelling it breaks the request off
     */
    CompletableFuture<StreamAnswer> stream(
            URI server, String target, @Nullable String token, Map<String, String> headers) {
        HttpClient client = http;
        if (client == null) {
            return CompletableFuture.failedFuture(new IllegalStateException(CLOSED));
        }
        HttpRequest.Builder request = request(server, target, token).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        CompletableFuture<StreamAnswer> told = new CompletableFuture<>();
        CompletableFuture<?> exchange = client.sendAsync(request.build(), info -> begun(told, info));
        hear(exchange, told, (response, failure) -> {
            if (failure != null) {
                told.completeExceptionally(failure);
            }
        });
        var unused = told.whenComplete((answer, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
        return told;
    }

    private static BodySubscriber<Object> begun(CompletableFuture<StreamAnswer> told, ResponseInfo info) {
        if (info.statusCode() == HttpURLConnection.HTTP_OK) {
            EventStreamBody stream = new EventStreamBody();
            told.complete(new StreamAnswer.Streaming(info.headers(), stream));
            return BodySubscribers.mapping(stream, same -> same);
        }
        LimitedBody body = new LimitedBody(MAX_PROBLEM_BYTES);
        var unused = body.getBody().whenComplete((bytes, failure) -> other(told, info.statusCode(), bytes, failure));
        return BodySubscribers.mapping(body, same -> same);
    }

    private static void other(
            CompletableFuture<StreamAnswer> told, int status, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (bytes == null) {
            told.completeExceptionally(failure == null ? new IllegalStateException("no body") : failure);
        } else {
            told.complete(new StreamAnswer.Other(status, bytes));
        }
    }

    /** What a server says that was asked for a stream. */
    sealed interface StreamAnswer {
        record Streaming(HttpHeaders headers, EventStreamBody body) implements StreamAnswer {}

        @SuppressWarnings("ArrayRecordComponent") // never compared, and read once
        record Other(int status, byte[] body) implements StreamAnswer {}
    }

    /** Ends the connections, once what is under way has ended; that is broken off after a short while. */
    @Override
    public void close() {
        HttpClient closing = http;
        http = null;
        if ((Object) closing instanceof AutoCloseable closeable) {
            Thread closer = threads.thread("close", () -> end(closeable));
            closer.start();
            if (!threads.isOwn(Thread.currentThread()) && !join(closer)) {
                // The JDK's close breaks off what it waits for when it is interrupted.
                closer.interrupt();
                join(closer);
            }
        }
    }

    private static void end(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client did not close", e);
        }
    }

    private static boolean join(Thread closer) {
        try {
            closer.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closer.isAlive();
    }
}
