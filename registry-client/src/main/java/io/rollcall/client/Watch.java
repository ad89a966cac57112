package io.rollcall.client;

import io.rollcall.client.watch.WatchFigures;
import java.time.Duration;

/**
 * A running watch of a {@link RegistryClient}. It goes on by itself when a stream ends, on another node where there is
 * one, until it is closed or refused for good. Thread-safe.
 */
public final class Watch implements AutoCloseable {

    // A listener that is at work may end what it does.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final WatchLoop loop;
    private final Thread thread;

    Watch(WatchLoop loop, ClientThreads threads) {
        this.loop = loop;
        thread = threads.thread("watch", loop);
    }

    void start() {
        thread.start();
    }

    /**
     * Tells whether it is running.
     *
     * @return false once it was closed, refused for good, or ended by an exception of its listener
     */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /**
     * Returns what it has counted.
     *
     * @return as of now
     */
    public WatchFigures figures() {
        return loop.figures();
    }

    /**
     * Ends the watch, and waits up to 5 s until its listener is not at work any more; not if it is the listener that
     * calls.
     */
    @Override
    public void close() {
        loop.close();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
