package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Instances that beat at a third of their lease, half of them alone and half together, each beat once: what is not acknowledged
 * is noted, and nobody helps by beating again elsewhere.
 */
final class SteadyBeats implements AutoCloseable {

    private static final String SERVICE = "steady";
    private static final int TOGETHER = 25;

    /** Far beyond the lease: a beat that comes late shows by what it let expire. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PlainClient client = new PlainClient(PATIENCE);
    private final List<NodeProcess> nodes;
    private final int instances;
    private final Duration ttl;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "steady-beats");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean ends;

    SteadyBeats(List<NodeProcess> nodes, int instances, Duration ttl) {
        this.nodes = nodes;
        this.instances = instances;
        this.ttl = ttl;
    }

    /** Registers all, and begins with each as soon as it is registered. */
    void start() {
        for (int from = 0; from < instances; from += TOGETHER) {
            int until = Math.min(from + TOGETHER, instances);
            enrol(from, until);
            if (from / TOGETHER % 2 == 1) {
                every(from, new ApiRequest("POST", "/api/v1/heartbeats", listed(from, until, ""), Map.of()));
                continue;
            }
            for (int i = from; i < until; i++) {
                every(i, new ApiRequest("PUT", path(i) + "/heartbeat", null, Map.of()));
            }
        }
    }

    private void enrol(int from, int until) {
        String rest =
                ",\"host\":\"10.0.0.1\",\"port\":80,\"deregisterAfter\":\"1s\",\"ttl\":\"" + ttl.toMillis() + "ms\"";
        Outcome outcome = client.send(
                node(), new ApiRequest("POST", "/api/v1/registrations", listed(from, until, rest), Map.of()));
        assertThat(outcome.hasStatus(200)).as("%s", outcome).isTrue();
    }

    private static String path(int i) {
        return "/api/v1/services/" + SERVICE + "/instances/i-" + i;
    }

    private static String listed(int from, int until, String rest) {
        return IntStream.range(from, until)
                .mapToObj(i -> "{\"name\":\"" + SERVICE + "\",\"id\":\"i-" + i + "\"" + rest + "}")
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
    }

    private URI node() {
        return nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size())).http();
    }

    private void every(int number, ApiRequest beat) {
        beat(beat);
        long interval = ttl.toMillis() / 3;
        var unused = timer.scheduleAtFixedRate(
                () -> beat(beat), interval * number / instances, interval, TimeUnit.MILLISECONDS);
    }

    private void beat(ApiRequest beat) {
        if (ends) {
            return;
        }
        underWay.incrementAndGet();
        long began = System.nanoTime();
        var unused = client.sendAsync(node(), beat).thenAccept(outcome -> {
            long took = System.nanoTime() - began;
            longestNanos.accumulateAndGet(took, Math::max);
            boolean isWhole = outcome.hasStatus(200)
                    && outcome.reply()
                            .map(Answer::body)
                            .map(SteadyBeats::nothingFailed)
                            .orElse(false);
            if (isWhole) {
                acknowledged.incrementAndGet();
            } else {
                failures.add(outcome.toString());
            }
            underWay.decrementAndGet();
        });
    }

    private static boolean nothingFailed(JsonNode body) {
        return body.path("failed").isEmpty();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos.get());
    }

    /** All were acknowledged, and nobody was lost, not even for a moment. */
    void assertNobodyWasLost() {
        ends = true;
        org.awaitility.Awaitility.await().atMost(PATIENCE.multipliedBy(2)).until(() -> underWay.get() == 0);
        assertThat(failures).as("heartbeats that were not acknowledged").isEmpty();
        assertThat(acknowledged.get()).as("acknowledged").isPositive();
        Outcome history = client.send(
                nodes.get(0).http(),
                ApiRequest.get("/api/v1/services/" + SERVICE + "/history?consistency=linearizable&limit=10000"));
        List<String> operations = new ArrayList<>();
        history.reply()
                .orElseThrow(() -> new AssertionError(history))
                .body()
                .path("events")
                .forEach(event -> operations.add(event.path("operation").asText()));
        assertThat(operations)
                .as("what happened to those who beat")
                .hasSize(instances)
                .containsOnly("registered");
    }

    @Override
    public void close() {
        ends = true;
        timer.shutdownNow();
    }
}
