package io.rollcall.chaos;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.StateModel;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that know one node alone and try each write once; every write is a new instance. */
final class LoneWrites implements AutoCloseable {

    private static final int CALLERS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final Attempts attempts;
    private final StateModel model;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(CALLERS, task -> new Thread(task, "lone-writer"));
    private final List<CompletableFuture<List<WriteRecord>>> running = new ArrayList<>();
    private final AtomicInteger last = new AtomicInteger();
    private volatile boolean stopping;

    /** Begins to write under request ids and instance ids that begin with {@code name}; the model learns of each write. */
    LoneWrites(String name, NodeProcess node, StateModel model, SplittableRandom random) {
        this.name = name;
        this.attempts = new Attempts(new PlainClient(TIMEOUT), List.of(node), TIMEOUT);
        this.model = model;
        for (int i = 0; i < CALLERS; i++) {
            SplittableRandom own = random.split();
            running.add(CompletableFuture.supplyAsync(() -> run(own), threads));
        }
    }

    private List<WriteRecord> run(SplittableRandom random) {
        List<WriteRecord> writes = new ArrayList<>();
        while (!stopping) {
            String id = name + "-" + last.incrementAndGet();
            WriteRecord write =
                    attempts.perform(Requests.register(id, new InstanceRef("lone", id), true), false, random);
            model.record(write);
            writes.add(write);
        }
        return writes;
    }

    /** Begins no more writes, waits for those under way, and returns all. */
    List<WriteRecord> stop() {
        stopping = true;
        return running.stream().flatMap(writes -> writes.join().stream()).toList();
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }
}
