package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a node process tells a receiver, and that it does not care how the receiver does. */
final class TelemetryIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What a stop may take. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static ClusterProcess node(String name, String protocol, String endpoint) {
        var environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
                "OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
                "OTEL_METRIC_EXPORT_INTERVAL", "500",
                "OTEL_BLRP_SCHEDULE_DELAY", "100",
                "OTEL_BSP_SCHEDULE_DELAY", "100",
                "OTEL_BLRP_MAX_QUEUE_SIZE", "8",
                "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "8",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
        return ClusterProcess.start(
                new ClusterOptions(ClusterOptions.named(name).folder(), 1, environment, List.of(), List.of()));
    }

    private static void assertIsTold(OtlpReceiver receiver) {
        Conditions.await("metrics and logs", LIMIT, () -> {
            assertThat(receiver.metrics())
                    .extracting(told -> told.value().getName())
                    .contains(
                            "registered_services_total",
                            "http.server.request.duration",
                            "rollcall.raft.applied_index",
                            "jvm.memory.used");
            assertThat(receiver.logs())
                    .extracting(told -> told.value().getBody().getStringValue())
                    .contains("rollcall is serving");
        });
        OtlpReceiver.Told<Metric> metric = receiver.metrics().get(0);
        assertThat(attributes(metric.resource()))
                .containsEntry("service.name", "rollcall")
                .containsEntry("service.instance.id", "n1")
                .containsEntry("rollcall.node.id", "n1")
                .containsEntry("deployment.environment.name", "test")
                .containsKey("service.version");
        LogRecord serving = receiver.logs().stream()
                .map(OtlpReceiver.Told::value)
                .filter(log -> log.getBody().getStringValue().equals("rollcall is serving"))
                .findFirst()
                .orElseThrow();
        assertThat(serving.getSeverityText()).isEqualTo("INFO");
        assertThat(serving.getAttributesList()).extracting(KeyValue::getKey).contains("node", "http", "raft");
    }

    private static Map<String, String> attributes(Resource resource) {
        return resource.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, pair -> pair.getValue().getStringValue()));
    }

    @Test
    void metricsAndLogsReachAReceiverByGrpc() {
        try (var receiver = new OtlpReceiver();
                var cluster = node("telemetry-grpc", "grpc", receiver.grpcEndpoint())) {
            assertIsTold(receiver);

            assertThat(cluster.nodes().get(0).terminate(STOP_LIMIT)).isZero();
            assertThat(receiver.logs())
                    .as("what was held back is sent at the end")
                    .extracting(told -> told.value().getBody().getStringValue())
                    .contains("stopped");
        }
    }

    @Test
    void stalledReceiverHoldsUpNothing() {
        try (var receiver = new OtlpReceiver();
                var cluster = node("telemetry-http", "http/protobuf", receiver.httpEndpoint())) {
            NodeProcess node = cluster.nodes().get(0);
            assertIsTold(receiver);
            receiver.become(OtlpReceiver.Mode.STALL);
            int before = receiver.requests();
            Conditions.await(
                    "the receiver holds a request",
                    LIMIT,
                    () -> assertThat(receiver.requests()).isGreaterThan(before));

            PlainClient client = new PlainClient(Duration.ofSeconds(2));
            for (int i = 0; i < 200; i++) {
                assertThat(client.send(node.http(), ApiRequest.get("/api/v1/services"))
                                .hasStatus(200))
                        .isTrue();
            }

            assertThat(node.terminate(STOP_LIMIT)).isZero();
        }
    }
}
