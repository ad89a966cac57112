package io.rollcall.server.raft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a member beside Ratis' own. */
final class RaftThreads {

    private RaftThreads() {}

    static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(daemons("raft-timer"));
    }

    /**
     * The threads that do the work. Their queue has no bound of its own: what gets in is bounded by the pumps, the gates
     * and the barrier. It refuses only once it was shut down, and then nobody misses what is dropped.
     */
    static ExecutorService workers() {
        return workers("raft-work");
    }

    /**
     * The same for heartbeats alone and what confirms them: they must not wait behind a queue of results of writes.
     */
    static ExecutorService beatWorkers() {
        return workers("raft-beat");
    }

    private static ExecutorService workers(String name) {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons(name),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
