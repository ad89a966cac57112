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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every request is traced, and the receiver takes what it is sent, never answers, or is not there: in turn, so that what the
 * machine does besides is in all three.
 */
final class ReceiverFaultIT {

    private static final int ROUNDS = 7;
    private static final Duration PHASE = Duration.ofSeconds(4);
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(60);

    /** The queues, and what else a node learns in two minutes. */
    private static final long GROWTH_LIMIT_KIB = 32 * 1024;

    private static final Pattern DROPPED = Pattern.compile(
            "otel_sdk_processor_span_processed_total\\{[^}]*error_type=\"queue_full\"[^}]*} ([0-9.E]+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Double> taken = new ArrayList<>();
    private final List<Double> stalled = new ArrayList<>();
    private final List<Double> gone = new ArrayList<>();

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void requestsWaitForNoReceiver() throws Exception {
        OtlpReceiver receiver = new OtlpReceiver();
        var options = ClusterOptions.named("receiver-faults")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.grpcEndpoint())
                .with("OTEL_TRACES_SAMPLER", "always_on")
                .with("OTEL_METRIC_EXPORT_INTERVAL", "1000");
        try (ClusterProcess cluster = ClusterProcess.start(options)) {
            cluster.awaitLeader();
            List<URI> nodes = cluster.nodes().stream().map(NodeProcess::http).toList();
            EasyCallers.p99Millis(nodes, PHASE.multipliedBy(2));
            List<Long> before = cluster.nodes().stream().map(NodeHeap::liveKib).toList();

            for (int round = 0; round < ROUNDS; round++) {
                receiver = round(nodes, receiver, round);
            }

            List<Long> after = cluster.nodes().stream().map(NodeHeap::liveKib).toList();
            assertHears(receiver);
            for (int i = 0; i < nodes.size(); i++) {
                assertThat(after.get(i) - before.get(i))
                        .as("growth of the heap in KiB")
                        .isLessThan(GROWTH_LIMIT_KIB);
                assertThat(dropped(nodes.get(i))).as("spans that were dropped").isPositive();
            }
            assertWithinSpread("never answers", stalled);
            assertWithinSpread("is gone", gone);
        } finally {
            receiver.close();
        }
    }

    private OtlpReceiver round(List<URI> nodes, OtlpReceiver receiver, int round) throws Exception {
        assertHears(receiver);
        taken.add(EasyCallers.p99Millis(nodes, PHASE));
        receiver.become(OtlpReceiver.Mode.STALL);
        stalled.add(EasyCallers.p99Millis(nodes, PHASE));
        receiver.close();
        gone.add(EasyCallers.p99Millis(nodes, PHASE));
        Trial.LOG
                .atInfo()
                .addKeyValue("takenP99Millis", taken.get(round))
                .addKeyValue("stalledP99Millis", stalled.get(round))
                .addKeyValue("goneP99Millis", gone.get(round))
                .log("round {}", round);
        return receiver.returned();
    }

    /** Whatever happened before, it is told of what happens now. */
    private static void assertHears(OtlpReceiver receiver) {
        Conditions.await(
                "spans at the receiver",
                RETURN_LIMIT,
                () -> assertThat(receiver.spans()).isNotEmpty());
    }

    private void assertWithinSpread(String what, List<Double> p99s) {
        Collections.sort(p99s);
        assertThat(p99s.get(ROUNDS / 2))
                .as("median of p99 while the receiver %s, %s; while it takes all %s", what, p99s, taken)
                .isLessThanOrEqualTo(Collections.max(taken));
    }

    private double dropped(URI node) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node.resolve("/metrics")).build();
        Matcher dropped = DROPPED.matcher(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        double sum = 0;
        while (dropped.find()) {
            sum += Double.parseDouble(dropped.group(1));
        }
        return sum;
    }
}
