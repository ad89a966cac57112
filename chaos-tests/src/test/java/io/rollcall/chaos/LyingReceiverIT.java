package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that answers what none should: the nodes serve, say what failed, and are heard again when it is honest. */
@Tag("chaos")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LyingReceiverIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PHASE = Duration.ofMillis(200);

    /** Of traces, metrics and logs of three nodes each lie is told several times. */
    private static final int LIES = 10 * Lie.values().length;

    private static final Pattern FAILED =
            Pattern.compile("otel_sdk_exporter_span_exported_total\\{[^}]*error_type=\"[^\"]+\"[^}]*} [1-9]");

    @ParameterizedTest
    @ValueSource(strings = {"http/protobuf", "grpc"})
    void aReceiverThatLiesHarmsNothing(String protocol) throws Exception {
        boolean isGrpc = protocol.equals("grpc");
        try (OtlpReceiver receiver = new OtlpReceiver();
                // Little memory: an answer that is kept without a bound would show.
                ClusterProcess cluster = ClusterProcess.start(ClusterOptions.named(
                                "lies-by-" + protocol.replace('/', '-'))
                        .with("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)
                        .with("OTEL_EXPORTER_OTLP_ENDPOINT", isGrpc ? receiver.grpcEndpoint() : receiver.httpEndpoint())
                        .with("OTEL_TRACES_SAMPLER", "always_on")
                        .with("OTEL_BSP_SCHEDULE_DELAY", "100")
                        .with("OTEL_METRIC_EXPORT_INTERVAL", "500")
                        .withJvmOption("-Xmx256m"))) {
            cluster.awaitLeader();
            List<URI> nodes = cluster.nodes().stream().map(NodeProcess::http).toList();

            receiver.become(OtlpReceiver.Mode.LIE);
            int before = receiver.lies();
            Conditions.await("every lie told, and what failed counted", LIMIT, () -> {
                EasyCallers.p99Millis(nodes, PHASE);
                assertThat(receiver.lies()).isGreaterThan(before + LIES);
                for (URI node : nodes) {
                    assertThat(metrics(node)).containsPattern(FAILED);
                }
            });

            receiver.become(OtlpReceiver.Mode.TAKE);
            int heard = receiver.spans().size();
            Conditions.await("spans at the receiver", LIMIT, () -> {
                EasyCallers.p99Millis(nodes, PHASE);
                assertThat(receiver.spans().stream()
                                .skip(heard)
                                .flatMap(told -> told.resource().getAttributesList().stream())
                                .filter(attribute -> attribute.getKey().equals("rollcall.node.id"))
                                .map(attribute -> attribute.getValue().getStringValue()))
                        .contains("n1", "n2", "n3");
            });
            assertThat(cluster.nodes()).allMatch(NodeProcess::isRunning);
        }
    }

    private static String metrics(URI node) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(node.resolve("/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
