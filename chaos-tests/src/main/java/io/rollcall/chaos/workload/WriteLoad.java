package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.StateModel;
import io.rollcall.chaos.history.WriteRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Writers that write all the time while it runs; it can be stopped and started again. Driven by one thread. */
public final class WriteLoad implements AutoCloseable {

    /** Longer than the server tries a write, so that what the server says of it is heard. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(7);

    /** Longer than any fault of the scenarios, so that only impatient callers leave a write undecided. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Writer> writers = new ArrayList<>();
    private final ExecutorService threads;
    private final StateModel model = new StateModel();
    private final List<WriteRecord> history = new ArrayList<>();
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * A load that does not run yet.
     *
     * @param nodes to write to
     * @param writers how many callers
     * @param random decides who writes what where
     */
    public WriteLoad(List<NodeProcess> nodes, int writers, SplittableRandom random) {
        this(() -> nodes, writers, random);
    }

    /**
     * A load on nodes that change; it does not run yet.
     *
     * @param nodes to write to, asked for each attempt; never empty
     * @param writers how many callers
     * @param random decides who writes what where
     */
    public WriteLoad(Supplier<List<NodeProcess>> nodes, int writers, SplittableRandom random) {
        Attempts attempts = new Attempts(new PlainClient(ATTEMPT_TIMEOUT), nodes, PATIENCE);
        for (int i = 0; i < writers; i++) {
            this.writers.add(new Writer("w" + i, random.split(), attempts));
        }
        this.threads = Executors.newFixedThreadPool(writers, task -> new Thread(task, "writer"));
    }

    /** Starts all writers. */
    public void start() {
        stopping = false;
        for (Writer writer : writers) {
            running.add(CompletableFuture.runAsync(() -> run(writer), threads));
        }
    }

    /** Lets every writer finish the write it is at, and waits for it. */
    public void stop() {
        stopping = true;
        running.forEach(CompletableFuture::join);
        running.clear();
    }

    /**
     * Returns what must be registered now.
     *
     * @return exact while the load is stopped
     */
    public StateModel model() {
        return model;
    }

    /**
     * Returns all writes since the first start.
     *
     * @return a copy
     */
    public List<WriteRecord> history() {
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /** Stops it for ever. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }

    private void run(Writer writer) {
        while (!stopping) {
            WriteRecord write = writer.writeNext();
            model.record(write);
            synchronized (history) {
                history.add(write);
            }
        }
    }
}
