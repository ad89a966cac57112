package io.rollcall.server.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs short jobs on a few of another executor's threads at a time. Raft completes hundreds of requests at one moment:
 * a thread that is woken for each of them would spend more on waking than on answering. The jobs must not block.
 */
final class DrainingExecutor implements Executor {

    private final Executor threads;
    private final int maxDrainers;
    // Bounded by the connections: each has one request at a time.
    private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger drainers = new AtomicInteger();

    /**
     * An executor in front of another.
     *
     * @param threads whose threads do the work
     * @param maxDrainers how many of them at a time, 1 or more
     */
    DrainingExecutor(Executor threads, int maxDrainers) {
        this.threads = threads;
        this.maxDrainers = maxDrainers;
    }

    @Override
    public void execute(Runnable job) {
        jobs.add(job);
        startDrainerIfNeeded();
    }

    private void startDrainerIfNeeded() {
        int running = drainers.get();
        while (running < maxDrainers && !jobs.isEmpty()) {
            if (drainers.compareAndSet(running, running + 1)) {
                start();
                return;
            }
            running = drainers.get();
        }
    }

    private void start() {
        try {
            threads.execute(this::drain);
        } catch (RuntimeException e) {
            drainers.decrementAndGet();
            throw e;
        }
    }

    private void drain() {
        try {
            for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
                job.run();
            }
        } finally {
            drainers.decrementAndGet();
            // A job that came after the last look and before the count went down found no drainer to add.
            startDrainerIfNeeded();
        }
    }
}
