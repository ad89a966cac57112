package io.rollcall.server.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The resolver of the JVM, which blocks, on a few threads of its own that end when nothing is asked. */
public final class SystemResolver implements NameResolver, AutoCloseable {

    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /**
     * Makes a resolver; threads start when they are needed.
     *
     * @param maxWaiting names that may wait for a thread; what comes on top fails at once
     */
    public SystemResolver(int maxWaiting) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), task -> {
                    Thread thread = new Thread(task, "rollcall-resolver-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        CompletableFuture<List<InetAddress>> asked = new CompletableFuture<>();
        // A name that many ask for at once takes one thread, not all of them.
        CompletableFuture<List<InetAddress>> first = underWay.putIfAbsent(host, asked);
        if (first != null) {
            return first;
        }
        try {
            threads.execute(() -> lookUp(host, asked));
        } catch (RejectedExecutionException e) {
            underWay.remove(host, asked);
            asked.completeExceptionally(e);
        }
        return asked;
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> asked) {
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(host));
            underWay.remove(host, asked);
            asked.complete(found);
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host, asked);
            asked.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
