package io.rollcall.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * Receives telemetry as a collector does, by gRPC and by HTTP, and keeps it. It may be told to be as bad as receivers are:
 * to take what is sent and never answer, to say that it is overloaded, or to lie. One that is closed refuses connections.
 */
final class OtlpReceiver implements AutoCloseable {

    /** What becomes of what is sent from now on. */
    enum Mode {
        /** It is kept and answered. */
        TAKE,
        /** It is read and never answered. */
        STALL,
        /** The sender is told that the receiver is unavailable. */
        UNAVAILABLE,
        /** It is let go, and the sender is told each {@link Lie} in turn; by gRPC, that all is done, without an answer. */
        LIE
    }

    /**
     * Something that was received.
     *
     * @param resource who sent it
     * @param scope what made it
     * @param value it
     * @param <T> a span, a metric or a log record
     */
    record Told<T>(Resource resource, String scope, T value) {}

    private static final List<Lie> LIES = List.of(Lie.values());
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final Server grpc;
    private final HttpServer http;
    private final int grpcPort;
    private final int httpPort;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var daemon = new Thread(task, "otlp-receiver");
        daemon.setDaemon(true);
        return daemon;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger lies = new AtomicInteger();
    private final Queue<Told<Span>> spans = new ConcurrentLinkedQueue<>();
    private final Queue<Told<Metric>> metrics = new ConcurrentLinkedQueue<>();
    private final Queue<Told<LogRecord>> logs = new ConcurrentLinkedQueue<>();
    private volatile Mode mode = Mode.TAKE;

    /** A receiver at two free ports of the loopback. */
    OtlpReceiver() {
        this(0, 0);
    }

    private OtlpReceiver(int grpcAt, int httpAt) {
        try {
            var loopback = InetAddress.getLoopbackAddress();
            http = HttpServer.create(new InetSocketAddress(loopback, httpAt), 0);
            http.setExecutor(threads);
            http.createContext("/", this::answer);
            http.start();
            grpc = NettyServerBuilder.forAddress(new InetSocketAddress(loopback, grpcAt))
                    .executor(threads)
                    .addService(new Traces())
                    .addService(new Metrics())
                    .addService(new Logs())
                    .build()
                    .start();
            // A server that is closed knows its port no more.
            grpcPort = grpc.getPort();
            httpPort = http.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT} with the protocol {@code grpc}. */
    String grpcEndpoint() {
        return "http://127.0.0.1:" + grpcPort;
    }

    /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT} with the protocol {@code http/protobuf}. */
    String httpEndpoint() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** Another one at the same ports, that has received nothing; this one is closed. */
    OtlpReceiver returned() {
        return new OtlpReceiver(grpcPort, httpPort);
    }

    void become(Mode other) {
        mode = other;
    }

    /** How many requests came in, whatever became of them. */
    int requests() {
        return requests.get();
    }

    /** How many were answered by a lie. */
    int lies() {
        return lies.get();
    }

    List<Told<Span>> spans() {
        return List.copyOf(spans);
    }

    List<Told<Metric>> metrics() {
        return List.copyOf(metrics);
    }

    List<Told<LogRecord>> logs() {
        return List.copyOf(logs);
    }

    private void keep(ExportTraceServiceRequest request) {
        for (var each : request.getResourceSpansList()) {
            for (var scope : each.getScopeSpansList()) {
                scope.getSpansList()
                        .forEach(span -> spans.add(
                                new Told<>(each.getResource(), scope.getScope().getName(), span)));
            }
        }
    }

    private void keep(ExportMetricsServiceRequest request) {
        for (var each : request.getResourceMetricsList()) {
            for (var scope : each.getScopeMetricsList()) {
                scope.getMetricsList()
                        .forEach(metric -> metrics.add(
                                new Told<>(each.getResource(), scope.getScope().getName(), metric)));
            }
        }
    }

    private void keep(ExportLogsServiceRequest request) {
        for (var each : request.getResourceLogsList()) {
            for (var scope : each.getScopeLogsList()) {
                scope.getLogRecordsList()
                        .forEach(log -> logs.add(
                                new Told<>(each.getResource(), scope.getScope().getName(), log)));
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = body(exchange);
        requests.incrementAndGet();
        switch (mode) {
            case STALL -> awaitClose();
            case UNAVAILABLE -> exchange.sendResponseHeaders(UNAVAILABLE, -1);
            case LIE -> lie(exchange);
            case TAKE -> take(exchange, body);
        }
        exchange.close();
    }

    private void lie(HttpExchange exchange) {
        var lie = LIES.get(lies.getAndIncrement() % LIES.size());
        try {
            lie.tell(exchange);
        } catch (IOException e) {
            // The sender does not listen to the end.
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        var isGzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream raw = exchange.getRequestBody();
                var plain = isGzip ? new GZIPInputStream(raw) : raw) {
            return plain.readAllBytes();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange exchange, byte[] body) throws IOException {
        MessageLite answer = taken(exchange.getRequestURI().getPath(), body);
        if (answer == null) {
            exchange.sendResponseHeaders(NOT_FOUND, -1);
            return;
        }
        var bytes = answer.toByteArray();
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(OK, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private MessageLite taken(String path, byte[] body) throws InvalidProtocolBufferException {
        switch (path) {
            case "/v1/traces" -> {
                keep(ExportTraceServiceRequest.parseFrom(body));
                return ExportTraceServiceResponse.getDefaultInstance();
            }
            case "/v1/metrics" -> {
                keep(ExportMetricsServiceRequest.parseFrom(body));
                return ExportMetricsServiceResponse.getDefaultInstance();
            }
            case "/v1/logs" -> {
                keep(ExportLogsServiceRequest.parseFrom(body));
                return ExportLogsServiceResponse.getDefaultInstance();
            }
            default -> {
                return null;
            }
        }
    }

    private <T> void answer(StreamObserver<T> observer, Runnable keeping, T answer) {
        requests.incrementAndGet();
        switch (mode) {
            case STALL -> {
                // Whoever sent it waits until his own patience ends.
            }
            case UNAVAILABLE -> observer.onError(Status.UNAVAILABLE.asRuntimeException());
            case LIE -> {
                lies.incrementAndGet();
                observer.onCompleted();
            }
            case TAKE -> {
                keeping.run();
                observer.onNext(answer);
                observer.onCompleted();
            }
        }
    }

    private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> observer) {
            answer(observer, () -> keep(request), ExportTraceServiceResponse.getDefaultInstance());
        }
    }

    private final class Metrics extends MetricsServiceGrpc.MetricsServiceImplBase {
        @Override
        public void export(ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> observer) {
            answer(observer, () -> keep(request), ExportMetricsServiceResponse.getDefaultInstance());
        }
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> observer) {
            answer(observer, () -> keep(request), ExportLogsServiceResponse.getDefaultInstance());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        grpc.shutdownNow();
        threads.shutdownNow();
    }
}
