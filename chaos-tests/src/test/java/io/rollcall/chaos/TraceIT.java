package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.chaos.OtlpReceiver.Told;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Watch;
import io.rollcall.client.WatchOptions;
import io.rollcall.client.watch.WatchEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What three nodes and their clients tell of one registration, and what becomes of them if nobody listens. */
final class TraceIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String REGISTER = "PUT /api/v1/services/{name}/instances/{id}";

    /** Of OpenMetrics: what one of those that were counted belongs to. */
    private static final Pattern EXAMPLE =
            Pattern.compile(" # \\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"} ");

    private static final String MARKER = "mArKeR-of-what-is-secret";

    /** More spans than a node's queue holds. */
    private static final int UNHEARD = 400;

    private static final OtlpReceiver RECEIVER = new OtlpReceiver();
    private static final OtlpReceiver FIGURES = new OtlpReceiver();
    private static ClusterProcess cluster;
    private static OpenTelemetrySdk sdk;

    @BeforeAll
    static void start() {
        cluster = ClusterProcess.start(ClusterOptions.named("trace")
                .with("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", RECEIVER.grpcEndpoint())
                .with("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", FIGURES.grpcEndpoint())
                .with("OTEL_METRIC_EXPORT_INTERVAL", "500")
                .with("ROLLCALL_CANARY_INTERVAL", "2s")
                .with("OTEL_BSP_SCHEDULE_DELAY", "100")
                .with("OTEL_BSP_MAX_QUEUE_SIZE", "256")
                .with("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "64")
                .with("OTEL_EXPORTER_OTLP_TIMEOUT", "1000"));
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpGrpcSpanExporter.builder()
                                        .setEndpoint(RECEIVER.grpcEndpoint())
                                        .setTimeout(Duration.ofSeconds(1))
                                        .build())
                                .setScheduleDelay(Duration.ofMillis(100))
                                .build())
                        .build())
                .build();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        sdk.shutdown().join(2, TimeUnit.SECONDS);
        RECEIVER.close();
        FIGURES.close();
    }

    @Test
    void oneTraceShowsARegistrationFromItsCallerToEveryReplicaAndEveryWatcher() throws Exception {
        NodeProcess leader = cluster.awaitLeader();
        NodeProcess asked = cluster.others(leader).get(0);
        NodeProcess watched = cluster.others(leader).get(1);
        var calling = sdk.getTracer("test").spanBuilder("of the application").startSpan();
        String trace = calling.getSpanContext().getTraceId();

        try (RegistryClient consumer = client(watched);
                RegistryClient provider = client(asked)) {
            CountDownLatch began = new CountDownLatch(1);
            CountDownLatch applied = new CountDownLatch(1);
            Watch watch = consumer.watch(List.of(ServiceKey.of("default", "orders")), WatchOptions.healthy(), event -> {
                began.countDown();
                if (event instanceof WatchEvent.Change) {
                    applied.countDown();
                }
            });
            assertThat(began.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var scope = calling.makeCurrent();
            try {
                provider.register(registration("orders", "o-1")).orThrow();
            } finally {
                scope.close();
                calling.end();
            }
            assertThat(applied.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            watch.close();
        }

        await().atMost(LIMIT).untilAsserted(() -> {
            Span call = one(trace, REGISTER, SpanKind.SPAN_KIND_CLIENT).value();
            assertThat(parent(call)).isEqualTo(calling.getSpanContext().getSpanId());
            Told<Span> server = one(trace, REGISTER, SpanKind.SPAN_KIND_SERVER);
            assertThat(parent(server.value())).isEqualTo(id(call));
            assertThat(node(server)).isEqualTo(asked.id());
            assertBelow(server, one(trace, "rollcall.validate", SpanKind.SPAN_KIND_INTERNAL), asked);
            Told<Span> propose = one(trace, "rollcall.propose", SpanKind.SPAN_KIND_INTERNAL);
            assertBelow(server, propose, asked);
            assertBelow(propose, one(trace, "rollcall.raft.commit", SpanKind.SPAN_KIND_INTERNAL), leader);
            List<Told<Span>> applies = named(trace, "rollcall.apply");
            assertThat(applies).extracting(TraceIT::node).containsExactlyInAnyOrder("n1", "n2", "n3");
            assertThat(applies)
                    .allSatisfy(apply -> assertThat(parent(apply.value())).isEqualTo(id(propose.value())));
            Told<Span> notify = named(trace, "rollcall.watch.notify").stream()
                    .filter(told -> node(told).equals(watched.id()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not told of at " + watched.id()));
            assertBelow(propose, notify, watched);
            Span taken = one(trace, "rollcall.client.apply", SpanKind.SPAN_KIND_CONSUMER)
                    .value();
            assertThat(parent(taken)).isEqualTo(id(notify.value()));
        });
    }

    @Test
    void electionsAndCanariesAreToldWhateverTheRatio() {
        await().atMost(LIMIT).untilAsserted(() -> {
            List<Told<Span>> elections = RECEIVER.spans().stream()
                    .filter(told -> told.value().getName().equals("rollcall.election"))
                    .toList();
            assertThat(elections).extracting(TraceIT::node).contains("n1", "n2", "n3");
            assertThat(elections)
                    .extracting(told -> attribute(told.value().getAttributesList(), "rollcall.outcome"))
                    .contains("leads", "follows");
        });
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(RECEIVER.spans().stream()
                                .filter(told -> told.value().getName().equals("rollcall.canary"))
                                .map(told -> hex(told.value().getTraceId().toByteArray())))
                        .anySatisfy(trace -> assertThat(named(trace, "rollcall.apply"))
                                .extracting(TraceIT::node)
                                .containsExactlyInAnyOrder("n1", "n2", "n3")));
    }

    @Test
    void slowRegistrationsAndSlowNewsHaveExamplesInTheTraces() {
        try (RegistryClient client = client(cluster.nodes().get(0))) {
            await().atMost(LIMIT).untilAsserted(() -> {
                client.register(registration("examples", "e")).orThrow();
                assertThat(openMetrics(cluster.nodes().get(0)).lines())
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("http_server_request_duration_seconds_bucket{")
                                .contains("http_route=\"/api/v1/services/{name}/instances/{id}\"")
                                .containsPattern(EXAMPLE));
            });
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            List<String> canaries = RECEIVER.spans().stream()
                    .filter(told -> told.value().getName().equals("rollcall.canary"))
                    .map(told -> hex(told.value().getTraceId().toByteArray()))
                    .toList();
            assertThat(FIGURES.metrics().stream()
                            .filter(told -> told.value().getName().equals("rollcall.propagation.duration"))
                            .flatMap(told -> told.value().getHistogram().getDataPointsList().stream())
                            .flatMap(point -> point.getExemplarsList().stream())
                            .map(example -> hex(example.getTraceId().toByteArray())))
                    .containsAnyElementsOf(canaries);
        });
    }

    private static String openMetrics(NodeProcess node) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node.http().resolve("/metrics"))
                .header("Accept", "application/openmetrics-text;version=1.0.0")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void noSpanHoldsWhatIsSecret() throws Exception {
        String trace = "5ec2e75ec2e75ec2e75ec2e75ec2e75e";
        NodeProcess node = cluster.nodes().get(0);
        put(node, trace, "/api/v1/config/app/password?secret=true", "text/plain", MARKER);
        put(
                node,
                trace,
                "/api/v1/services/paid/instances/p",
                "application/json",
                "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"0s\",\"metadata\":{\"key\":\"" + MARKER + "\"},"
                        + "\"tags\":{\"visible\":\"" + MARKER + "\"}}");

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(named(trace, "rollcall.apply"))
                    .hasSize(2 * cluster.nodes().size());
            assertThat(named(trace, REGISTER)).hasSize(1);
            assertThat(named(trace, "PUT /api/v1/config/{key}")).hasSize(1);
        });
        List<String> spans = RECEIVER.spans().stream()
                .map(told -> told.value().toByteString().toString(StandardCharsets.ISO_8859_1))
                .toList();
        // What is no secret is found, so that the search itself is tested.
        assertThat(spans).anyMatch(span -> span.contains("app/password"));
        assertThat(spans).noneMatch(span -> span.contains(MARKER));
    }

    private static void put(NodeProcess node, String trace, String path, String type, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node.http().resolve(path))
                .header("Content-Type", type)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .header("User-Agent", "trace-test")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isBetween(200, 201);
    }

    @Test
    void nobodyWaitsForAReceiverAndWhatItMissesIsCounted() {
        try (RegistryClient client = client(cluster.nodes().get(0))) {
            for (OtlpReceiver.Mode mode : List.of(OtlpReceiver.Mode.STALL, OtlpReceiver.Mode.UNAVAILABLE)) {
                RECEIVER.become(mode);
                for (int i = 0; i < UNHEARD / 2; i++) {
                    client.register(registration("unheard", "u-" + i)).orThrow();
                }
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(dropped()).isPositive());

            RECEIVER.become(OtlpReceiver.Mode.TAKE);

            await().atMost(LIMIT).untilAsserted(() -> {
                client.register(registration("heard", "h")).orThrow();
                List<String> heard = RECEIVER.spans().stream()
                        .filter(told -> told.value().getName().equals("rollcall.propose"))
                        .filter(told -> attribute(told.value().getAttributesList(), "rollcall.service.name")
                                .equals("heard"))
                        .map(told -> hex(told.value().getTraceId().toByteArray()))
                        .toList();
                // Of all nodes: whatever is tested next is not to meet a queue that is full.
                assertThat(heard.stream().flatMap(trace -> named(trace, "rollcall.apply").stream()))
                        .extracting(TraceIT::node)
                        .contains("n1", "n2", "n3");
            });
        }
    }

    private static RegistryClient client(NodeProcess node) {
        return RegistryClient.builder()
                .server(node.http().toString())
                .openTelemetry(sdk)
                .deadline(LIMIT)
                .build();
    }

    private static Registration registration(String service, String id) {
        return Registration.builder(InstanceKey.of("default", service, id))
                .address("127.0.0.1", 8080)
                .ttl(Duration.ZERO)
                .build();
    }

    private static List<Told<Span>> named(String trace, String name) {
        return RECEIVER.spans().stream()
                .filter(told -> hex(told.value().getTraceId().toByteArray()).equals(trace))
                .filter(told -> told.value().getName().equals(name))
                .toList();
    }

    private static Told<Span> one(String trace, String name, SpanKind kind) {
        List<Told<Span>> found = named(trace, name).stream()
                .filter(told -> told.value().getKind() == kind)
                .toList();
        assertThat(found).as("%s of %s", kind, name).hasSize(1);
        return found.get(0);
    }

    private static void assertBelow(Told<Span> parent, Told<Span> child, NodeProcess node) {
        assertThat(parent(child.value())).isEqualTo(id(parent.value()));
        assertThat(node(child)).isEqualTo(node.id());
    }

    /** Spans that a node let go because its queue was full. */
    private static double dropped() {
        return FIGURES.metrics().stream()
                .filter(told -> told.value().getName().equals("otel.sdk.processor.span.processed"))
                .flatMap(told -> told.value().getSum().getDataPointsList().stream())
                .filter(point ->
                        attribute(point.getAttributesList(), "error.type").equals("queue_full"))
                .mapToDouble(NumberDataPoint::getAsInt)
                .sum();
    }

    private static String node(Told<Span> told) {
        return attribute(told.resource().getAttributesList(), "rollcall.node.id");
    }

    private static String attribute(List<KeyValue> attributes, String key) {
        Set<String> values = attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .collect(Collectors.toSet());
        return values.isEmpty() ? "" : values.iterator().next();
    }

    private static String id(Span span) {
        return hex(span.getSpanId().toByteArray());
    }

    private static String parent(Span span) {
        return hex(span.getParentSpanId().toByteArray());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
