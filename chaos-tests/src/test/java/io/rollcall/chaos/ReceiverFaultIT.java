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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every request is traced, and the receiver of the traces takes what it is sent, never answers, or is not there. What is
 * compared is done in turn, so that what the machine does besides is in all of it.
 */
@Tag("chaos")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ReceiverFaultIT {

    private static final int ROUNDS = 7;
    private static final Duration PHASE = Duration.ofSeconds(4);
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(60);

    /** Enough that nothing of a queue (2,048 spans) or of a batch under way is still to be filled. */
    private static final double FULL = 4_000;

    private static final double DROPPED = 20_000;

    /** A span of a request has its name, times, ids and a dozen attributes: it takes more than this. */
    private static final double SPAN_KIB = 1;

    private static final Pattern QUEUE_FULL = Pattern.compile(
            "otel_sdk_processor_span_processed_total\\{[^}]*error_type=\"queue_full\"[^}]*} ([0-9.E]+)");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static OtlpReceiver receiver;
    private static ClusterProcess cluster;
    private static List<URI> nodes;

    @BeforeAll
    static void start() throws Exception {
        receiver = new OtlpReceiver();
        cluster = ClusterProcess.start(ClusterOptions.named("receiver-faults")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.grpcEndpoint())
                .with("OTEL_TRACES_SAMPLER", "always_on")
                .with("OTEL_METRIC_EXPORT_INTERVAL", "1000"));
        cluster.awaitLeader();
        nodes = cluster.nodes().stream().map(NodeProcess::http).toList();
        EasyCallers.p99Millis(nodes, PHASE.multipliedBy(2));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        receiver.close();
    }

    @Test
    void requestsWaitForNoReceiver() throws Exception {
        List<Double> taken = new ArrayList<>();
        List<Double> stalled = new ArrayList<>();
        List<Double> gone = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            assertHears();
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
            receiver = receiver.returned();
        }

        assertHears();
        assertWithinSpread("never answers", stalled, taken);
        assertWithinSpread("is gone", gone, taken);
    }

    @Test
    void whatIsNotTakenIsCountedAndNotKept() throws Exception {
        receiver.become(OtlpReceiver.Mode.STALL);
        assertDropsWithoutGrowth("never answers");
        receiver.close();
        assertDropsWithoutGrowth("is gone");

        receiver = receiver.returned();
        assertHears();
    }

    /** By reads alone: of a change a node remembers more than its spans. */
    private static void assertDropsWithoutGrowth(String what) throws IOException, InterruptedException {
        readUntilDropped(FULL);
        List<Long> before = heaps();
        List<Double> droppedBefore = dropped();
        readUntilDropped(DROPPED);
        List<Long> after = heaps();
        List<Double> droppedAfter = dropped();
        for (int i = 0; i < nodes.size(); i++) {
            double count = droppedAfter.get(i) - droppedBefore.get(i);
            long grown = after.get(i) - before.get(i);
            Trial.LOG
                    .atInfo()
                    .addKeyValue("node", nodes.get(i))
                    .addKeyValue("dropped", count)
                    .addKeyValue("heapKibBefore", before.get(i))
                    .addKeyValue("heapKibAfter", after.get(i))
                    .log("the receiver {}", what);
            assertThat((double) grown)
                    .as("growth of the heap in KiB, with %s spans dropped while the receiver %s", count, what)
                    .isLessThan(count * SPAN_KIB / 4);
        }
    }

    private static void readUntilDropped(double more) throws IOException, InterruptedException {
        List<Double> before = dropped();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (System.nanoTime() < end) {
            EasyCallers.read(nodes, Duration.ofSeconds(2));
            List<Double> now = dropped();
            boolean all = true;
            for (int i = 0; i < nodes.size(); i++) {
                all &= now.get(i) - before.get(i) >= more;
            }
            if (all) {
                return;
            }
        }
        throw new AssertionError(
                "of each node's spans fewer than " + more + " were dropped: " + before + ", " + dropped());
    }

    private static List<Long> heaps() {
        return cluster.nodes().stream().map(NodeHeap::liveKib).toList();
    }

    /** Whatever happened before, it is told of what happens now. */
    private static void assertHears() {
        int heard = receiver.spans().size();
        Conditions.await("spans at the receiver", RETURN_LIMIT, () -> {
            EasyCallers.read(nodes, Duration.ofMillis(200));
            assertThat(receiver.spans()).hasSizeGreaterThan(heard);
        });
    }

    private static void assertWithinSpread(String what, List<Double> p99s, List<Double> taken) {
        assertThat(p99s.stream().sorted().toList().get(ROUNDS / 2))
                .as("median of p99 while the receiver %s, %s; while it takes all %s", what, p99s, taken)
                .isLessThanOrEqualTo(Collections.max(taken));
    }

    /** Of each node, as it says itself. */
    private static List<Double> dropped() throws IOException, InterruptedException {
        List<Double> all = new ArrayList<>();
        for (URI node : nodes) {
            var request = HttpRequest.newBuilder(node.resolve("/metrics")).build();
            Matcher count = QUEUE_FULL.matcher(
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
            double sum = 0;
            while (count.find()) {
                sum += Double.parseDouble(count.group(1));
            }
            all.add(sum);
        }
        return all;
    }
}
