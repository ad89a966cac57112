package io.rollcall.chaos;

import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A caller of one node that registers, beats and reads, sends each request once, and minds each that fails. */
final class SteadyLoad implements AutoCloseable {

    static final String SERVICE = "steady";

    private static final String INSTANCES = "/api/v1/services/" + SERVICE + "/instances/";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofMillis(5);
    private static final int INSTANCES_MAX = 20;

    private final NodeProcess node;
    private final PlainClient client;
    private final ExecutorService thread;
    private final AtomicLong done = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private Future<?> running = CompletableFuture.completedFuture(null);

    SteadyLoad(NodeProcess node, SSLContext tls) {
        this.node = node;
        this.client = new PlainClient(TIMEOUT, tls);
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "steady-" + node.id()));
    }

    NodeProcess node() {
        return node;
    }

    void start() {
        stopping = false;
        running = thread.submit(this::run);
    }

    /** Returns when no request is under way any more. */
    void stop() throws Exception {
        stopping = true;
        running.get();
    }

    private void run() {
        for (long i = 0; !stopping; i++) {
            String instance = INSTANCES + node.id() + "-" + i % INSTANCES_MAX;
            send(ApiRequest.put(
                    instance, "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"60s\",\"version\":\"" + i + "\"}"));
            send(ApiRequest.put(instance + "/heartbeat", ""));
            send(ApiRequest.get("/api/v1/services/" + SERVICE));
            send(ApiRequest.get("/api/v1/services/" + SERVICE + "?consistency=linearizable"));
            Hold.forFault(PACE, "a caller does other things, too");
        }
    }

    private void send(ApiRequest request) {
        Outcome outcome = client.send(node.http(), request);
        if (outcome instanceof Outcome.Done) {
            done.incrementAndGet();
        } else {
            failures.add(
                    Instant.now() + " " + node.id() + " " + request.method() + " " + request.path() + ": " + outcome);
        }
    }

    /** Requests that were answered well. */
    long done() {
        return done.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopping = true;
        thread.shutdownNow();
    }
}
