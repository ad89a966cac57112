package io.rollcall.server.http;

import static io.rollcall.server.telemetry.RecordedSpans.SAMPLED;
import static io.rollcall.server.telemetry.RecordedSpans.SPAN;
import static io.rollcall.server.telemetry.RecordedSpans.TRACE;
import static io.rollcall.server.telemetry.RecordedSpans.UNSAMPLED;
import static io.rollcall.server.telemetry.RecordedSpans.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.rollcall.server.telemetry.RecordedSpans;
import io.rollcall.server.trace.SpanNames;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What requests that are sampled by their callers are told by, over real HTTP. */
final class RequestSpansIT {

    private static final String BODY = "{\"host\":\"10.0.0.1\",\"port\":80,\"version\":\"1.2\",\"protocol\":\"grpc\"}";
    private static final String PATH = "/api/v1/services/orders/instances/a";

    @TempDir
    Path folder;

    private RecordedSpans spans;
    private HttpNode node;

    @BeforeEach
    void start() {
        spans = new RecordedSpans();
        node = new HttpNode(folder, spans.tracing());
    }

    @AfterEach
    void stop() {
        node.close();
        spans.close();
    }

    private SpanData server() {
        await().untilAsserted(() -> assertThat(servers()).hasSize(1));
        return servers().get(0);
    }

    private List<SpanData> servers() {
        return spans.all().stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .toList();
    }

    @Test
    void writeIsToldFromTheDoorToThoseWhoFollow() {
        var reply = node.put(PATH, BODY, "traceparent", SAMPLED, "User-Agent", "test/1");

        assertThat(reply.status()).isEqualTo(201);
        var server = server();
        assertThat(server.getName()).isEqualTo("PUT /api/v1/services/{name}/instances/{id}");
        assertThat(server.getTraceId()).isEqualTo(TRACE);
        assertThat(server.getParentSpanId()).isEqualTo(SPAN);
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(server))
                .containsEntry("http.request.method", "PUT")
                .containsEntry("http.route", "/api/v1/services/{name}/instances/{id}")
                .containsEntry("http.response.status_code", "201")
                .containsEntry("url.path", PATH)
                .containsEntry("url.scheme", "http")
                .containsEntry("network.protocol.version", "1.1")
                .containsEntry("client.address", "127.0.0.1")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("server.port", Integer.toString(node.port))
                .containsEntry("user_agent.original", "test/1")
                .containsEntry("rollcall.service.name", "orders")
                .containsEntry("rollcall.instance.id", "a")
                .containsEntry("rollcall.index", reply.header("Registry-Index"))
                .doesNotContainKeys("error.type", "url.query");
        var validate = spans.one(SpanNames.VALIDATE);
        assertThat(validate.getParentSpanId()).isEqualTo(server.getSpanId());
        var propose = spans.one(SpanNames.PROPOSE);
        assertThat(propose.getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(attributes(propose))
                .containsEntry("rollcall.command", "register-instance")
                .containsEntry("rollcall.namespace", "default")
                .containsEntry("rollcall.service.name", "orders")
                .containsEntry("rollcall.service.version", "1.2")
                .containsEntry("rollcall.service.protocol", "grpc")
                .containsEntry("rollcall.instance.id", "a")
                .containsEntry("rollcall.outcome", "committed")
                .containsEntry("rollcall.index", reply.header("Registry-Index"));
        await().untilAsserted(() ->
                assertThat(spans.one(SpanNames.NOTIFY).getParentSpanId()).isEqualTo(propose.getSpanId()));
    }

    @Test
    void measurementNamesTheSpanOfTheAnswer() {
        node.put(PATH, BODY, "traceparent", SAMPLED);

        var server = server();
        await().untilAsserted(() ->
                assertThat(node.traced).containsExactly("00-" + TRACE + "-" + server.getSpanId() + "-01"));
    }

    @Test
    void bodyThatIsRefusedFailsItsValidationAndNotTheRequest() {
        var reply = node.put(PATH, "{\"port\":80}", "traceparent", SAMPLED);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("traceId").asText()).isEqualTo(TRACE);
        var server = server();
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(server))
                .containsEntry("rollcall.problem.code", "invalid-request")
                .doesNotContainKey("error.type");
        assertThat(attributes(spans.one(SpanNames.VALIDATE))).containsEntry("error.type", "invalid-request");
        assertThat(spans.named(SpanNames.PROPOSE)).isEmpty();
    }

    @Test
    void errorOfTheNodeIsAnErrorOfItsSpan() {
        node.cluster.caughtUp = false;

        var reply = node.get("/api/v1/services/orders", "traceparent", SAMPLED);

        assertThat(reply.status()).isEqualTo(503);
        var server = server();
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(server)).containsEntry("error.type", "not-ready");
        assertThat(node.unsampledErrors()).isZero();
    }

    @Test
    void errorThatIsNotSampledIsCountedAndHasTheCallersTrace() {
        node.cluster.caughtUp = false;

        var reply = node.get("/api/v1/services/orders", "traceparent", UNSAMPLED);
        var unknown = node.get("/api/v1/services/orders");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("traceId").asText()).isEqualTo(TRACE);
        assertThat(unknown.json().path("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(node.unsampledErrors()).isEqualTo(2);
        assertThat(spans.all()).isEmpty();
    }

    @Test
    void whatNobodySampledHasNoSpan() {
        node.put(PATH, BODY);
        node.put(PATH, BODY, "traceparent", UNSAMPLED);
        node.get("/api/v1/services/orders", "traceparent", SAMPLED.replace('f', 'F'));
        node.get("/api/v1/services/orders", "traceparent", SAMPLED, "traceparent", SAMPLED);
        node.get("/livez", "traceparent", SAMPLED);
        node.get("/readyz", "traceparent", SAMPLED);
        // Whatever comes behind these has gone all the way, too.
        node.get("/api/v1/services/last", "traceparent", SAMPLED);

        assertThat(attributes(server())).containsEntry("rollcall.service.name", "last");
        assertThat(spans.all()).hasSize(1);
    }

    @Test
    void barrierOfALinearizableReadIsToldBelowIt() {
        node.get("/api/v1/services/orders?consistency=linearizable", "traceparent", SAMPLED);

        var server = server();
        assertThat(attributes(server)).containsEntry("url.query", "consistency=linearizable");
        assertThat(spans.one(SpanNames.BARRIER).getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(attributes(spans.one(SpanNames.BARRIER))).containsEntry("rollcall.consistency", "linearizable");
    }

    @Test
    void whatLetsSomebodyInIsNotShown() {
        node.get("/api/v1/services/orders?token=abc&x=1&%74oken=def", "traceparent", SAMPLED);

        assertThat(attributes(server()))
                .containsEntry("url.query", "token=REDACTED&x=1&%74oken=REDACTED")
                .doesNotContainValue("abc");
    }

    @Test
    void plainestOfHeartbeatsIsToldAsWellIfItsCallerWishes() {
        node.put(PATH, BODY);

        node.send("PUT", PATH + "/heartbeat", "", "traceparent", SAMPLED);

        assertThat(server().getName()).isEqualTo("PUT /api/v1/services/{name}/instances/{id}/heartbeat");
    }

    @Test
    void pathThatNothingServesHasNoRoute() {
        var reply = node.get("/nowhere", "traceparent", SAMPLED);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("traceId").asText()).isEqualTo(TRACE);
        assertThat(server().getName()).isEqualTo("GET");
        assertThat(attributes(server())).doesNotContainKey("http.route");
    }
}
