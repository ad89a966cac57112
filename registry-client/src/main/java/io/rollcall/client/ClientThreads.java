package io.rollcall.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one client: daemons, as many as there is work for at a time, which end soon after it. What a caller hangs
 * on a future never runs where the client's own work does, so that it may wait for the client.
 */
final class ClientThreads implements Ticker, AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    /** A thread that knows whose it is. */
    private static final class Own extends Thread {
        private final ClientThreads owner;

        Own(ClientThreads owner, Runnable task, String name) {
            super(task, "rollcall-client-" + name);
            this.owner = owner;
            setDaemon(true);
        }
    }

    private final AtomicInteger numbers = new AtomicInteger();
    // Without a bound of its own: it has a task for each answer that is being read, and those are bounded by the calls.
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor clock;
    private final Executor completions;

    /**
     * Threads that are started when there is work.
     *
     * @param completions runs what callers hang on futures; null for the client's own threads
     */
    ClientThreads(@Nullable Executor completions) {
        pool = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> thread(Integer.toString(numbers.incrementAndGet()), task));
        clock = new ScheduledThreadPoolExecutor(1, task -> thread("clock", task));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        this.completions = completions == null ? pool : completions;
    }

    /** A thread beside the pool, not started. */
    Thread thread(String name, Runnable task) {
        return new Own(this, task, name);
    }

    boolean isOwn(Thread thread) {
        return thread instanceof Own own && own.owner == this;
    }

    /** Runs the client's own work, which waits for nothing. */
    Executor pool() {
        return pool;
    }

    /** Completes a future that a caller has, and so runs what hangs on it. */
    void complete(Runnable completion) {
        try {
            completions.execute(completion);
        } catch (RejectedExecutionException e) {
            // The caller's executor was shut down before the client: whoever waits must still be told.
            completion.run();
        }
    }

    /** Runs a task in the pool after so long, unless it is cancelled or the client closed by then. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return clock.schedule(() -> pool.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Future<?> timer = after(duration, () -> over.complete(null));
        var unused = over.whenComplete((nothing, failure) -> timer.cancel(false));
        return over;
    }

    /** Lets what runs come to its end, and no more begin. */
    @Override
    public void close() {
        clock.shutdownNow();
        pool.shutdown();
    }
}
