package io.rollcall.client.provide;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what became of instances, on a thread of its own: nothing waits for a listener. Thread-safe. */
final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /** Events that wait for a listener; what comes when there are more is not told. */
    private static final int MAX_WAITING = 100_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Thread thread = new Thread(this::run, "rollcall-provider-events");
    private volatile boolean isClosed;

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What tells these listeners, in order; returns at once. */
    Consumer<RegistrationEvent> to(List<RegistrationListener> listeners) {
        return event -> listeners.forEach(listener -> {
            if (!waiting.offer(() -> tell(listener, event))) {
                LOG.atWarn()
                        .addKeyValue("event", event)
                        .log("an event is not told: its listener is too slow for those before it");
            }
        });
    }

    private void run() {
        while (!isClosed || !waiting.isEmpty()) {
            try {
                waiting.take().run();
            } catch (InterruptedException e) {
                // If it is not closed, a listener has set the flag, and not for this thread.
                if (isClosed) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static void tell(RegistrationListener listener, RegistrationEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("event", event).setCause(e).log("a listener of registrations failed");
        }
    }

    /** Returns when all was told, or after 1 s; not later if it is a listener that calls. */
    @Override
    public void close() {
        isClosed = true;
        // It may wait for an event.
        var unused = waiting.offer(() -> {});
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
