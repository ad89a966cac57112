package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.History;
import io.rollcall.chaos.history.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Clients that register, compare and set, deregister and read the same few instances at once, so that their histories can be
 * checked for linearizability. Driven by one thread; it can be stopped and started again.
 */
public final class KeyLoad implements AutoCloseable {

    /** Shorter than the server's own limit: a frozen node must not hold all clients for long. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(2_500);

    private final List<KeyClient> clients = new ArrayList<>();
    private final ExecutorService threads;
    private final KeyRing ring;
    private final History history = new History();
    private final Consumer<Observation> listener;
    private final long pauseNanos;
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * How much load.
     *
     * @param clients how many at once
     * @param perSecond how many requests all of them make together, at most
     */
    public record Rate(int clients, int perSecond) {

        /** Five clients, 300 requests a second: enough to meet each other, and two cores bear it beside three nodes. */
        public static final Rate USUAL = new Rate(5, 300);
    }

    /**
     * A load that does not run yet.
     *
     * @param name of its services; unique within a cluster
     * @param nodes to ask, drawn from for each attempt; never empty
     * @param rate how much
     * @param random decides who asks what where
     * @param listener is told of each observation, on the threads of the clients
     */
    public KeyLoad(
            String name,
            Supplier<List<NodeProcess>> nodes,
            Rate rate,
            SplittableRandom random,
            Consumer<Observation> listener) {
        this.ring = new KeyRing(name);
        this.listener = listener;
        this.pauseNanos = Duration.ofSeconds(1).toNanos() * rate.clients() / rate.perSecond();
        PlainClient http = new PlainClient(ATTEMPT_TIMEOUT);
        for (int i = 0; i < rate.clients(); i++) {
            clients.add(new KeyClient(name + "-c" + i, http, nodes, ring, history::now, random.split()));
        }
        this.threads = Executors.newFixedThreadPool(rate.clients(), task -> new Thread(task, "key-client"));
    }

    /** Starts all clients. */
    public void start() {
        stopping = false;
        for (KeyClient client : clients) {
            running.add(CompletableFuture.runAsync(() -> run(client), threads));
        }
    }

    /** Lets every client finish the request it is at, and waits for it. */
    public void stop() {
        stopping = true;
        running.forEach(CompletableFuture::join);
        running.clear();
    }

    /**
     * Reads everything from some nodes, linearizably, as the last observations.
     *
     * @param nodes which, all able to answer
     * @throws AssertionError if one of them does not
     */
    public void readAll(List<NodeProcess> nodes) {
        new FinalReading(history::now, this::add).read(nodes, ring.services());
    }

    /**
     * Returns what was observed since the first start.
     *
     * @return the same object for ever
     */
    public History history() {
        return history;
    }

    /** Stops it for ever. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }

    private void run(KeyClient client) {
        long next = System.nanoTime();
        while (!stopping) {
            client.act().forEach(this::add);
            // What was missed is not made up for: after a fault the load goes on, it does not burst.
            next = Math.max(next + pauseNanos, System.nanoTime() - pauseNanos);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void add(Observation observation) {
        history.add(observation);
        listener.accept(observation);
    }
}
