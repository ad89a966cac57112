package io.rollcall.server.probe;

import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.StatusRange;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;

/** Checks that are an HTTP request: those of HTTP and HTTPS, and those of gRPC. */
final class WebProbes {

    /** What speaks of the connection or the framing is the client's business, not the check's. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "upgrade",
            "http2-settings",
            "te",
            "trailer",
            "transfer-encoding",
            "content-length",
            "expect");

    private static final StatusRange DEFAULT_STATUS = new StatusRange(200, 299);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int OK = 200;
    private static final String GRPC = "application/grpc";
    private static final String GRPC_OK = "0";

    private final WebClients clients;

    WebProbes(WebClients clients) {
        this.clients = clients;
    }

    /** Asks over HTTP or HTTPS. */
    CompletableFuture<ProbeResult> http(
            Registration target, HealthCheck check, Pin.Pinned pin, boolean tls, long deadlineNanos) {
        long startNanos = System.nanoTime();
        return sendUntilOpen(() -> httpRequest(target, check, pin, tls), 0, deadlineNanos)
                .thenApply(answer -> judge(check, answer.response().getStatus(), startNanos));
    }

    private Request httpRequest(Registration target, HealthCheck check, Pin.Pinned pin, boolean tls) {
        return clients.http(target, pin, tls)
                .method(check.method())
                .path(check.endpoint())
                .headers(headers -> check.headers().forEach((name, value) -> {
                    if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                        headers.put(name, value);
                    }
                }));
    }

    private static ProbeResult judge(HealthCheck check, int status, long startNanos) {
        String reason = "HTTP " + status + Reasons.since(startNanos, System.nanoTime());
        StatusRange wanted = check.expectStatus() == null ? DEFAULT_STATUS : check.expectStatus();
        if (status >= wanted.min() && status <= wanted.max()) {
            return ProbeResult.good(reason);
        }
        return new ProbeResult(status == TOO_MANY_REQUESTS ? Outcome.WARNING : Outcome.BAD, reason);
    }

    /** Asks by the gRPC health protocol. */
    CompletableFuture<ProbeResult> grpc(Registration target, HealthCheck check, Pin.Pinned pin, long deadlineNanos) {
        long startNanos = System.nanoTime();
        byte[] question = GrpcHealth.request(check.endpoint());
        Supplier<Request> request = () -> clients.http2(target, pin)
                .method(HttpMethod.POST)
                .path(GrpcHealth.PATH)
                .headers(headers -> headers.put(HttpHeader.TE, "trailers"))
                .body(new BytesRequestContent(GRPC, question));
        return sendUntilOpen(request, WebClients.MAX_BODY_BYTES, deadlineNanos)
                .thenApply(answer -> judge(answer, startNanos));
    }

    private static ProbeResult judge(HttpAnswer.Received answer, long startNanos) {
        Response response = answer.response();
        if (response.getStatus() != OK) {
            return ProbeResult.bad("gRPC: HTTP " + response.getStatus());
        }
        // Without a message the status stands in the headers, which then are the trailers.
        String status = Optional.ofNullable(response.getTrailers())
                .map(trailers -> trailers.get("grpc-status"))
                .orElseGet(() -> response.getHeaders().get("grpc-status"));
        if (status == null) {
            return ProbeResult.bad("gRPC: an answer without a status");
        }
        if (!status.equals(GRPC_OK)) {
            return ProbeResult.bad("gRPC " + GrpcHealth.statusName(status) + message(response));
        }
        String serving = GrpcHealth.servingStatus(answer.body()).orElse("answer that cannot be read");
        String reason = "gRPC " + serving + Reasons.since(startNanos, System.nanoTime());
        return serving.equals(GrpcHealth.SERVING) ? ProbeResult.good(reason) : ProbeResult.bad(reason);
    }

    private static String message(Response response) {
        HttpFields trailers = response.getTrailers();
        HttpField message = (trailers == null ? response.getHeaders() : trailers).getField("grpc-message");
        return message == null || message.getValue() == null ? "" : ": " + message.getValue();
    }

    /**
     * Sends, and once more if the connection was closed: targets close old connections whenever they like, also while a
     * request is on its way.
     */
    private CompletableFuture<HttpAnswer.Received> sendUntilOpen(
            Supplier<Request> request, int keptBytes, long deadlineNanos) {
        return send(request.get(), keptBytes, deadlineNanos)
                .exceptionallyCompose(error -> Reasons.isClosed(error)
                        ? send(request.get(), keptBytes, deadlineNanos)
                        : CompletableFuture.failedFuture(error));
    }

    private static CompletableFuture<HttpAnswer.Received> send(Request request, int keptBytes, long deadlineNanos) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            return CompletableFuture.failedFuture(new TimeoutException());
        }
        HttpAnswer answer = new HttpAnswer(keptBytes);
        request.timeout(left, TimeUnit.MILLISECONDS).send(answer);
        return answer.ended();
    }
}
