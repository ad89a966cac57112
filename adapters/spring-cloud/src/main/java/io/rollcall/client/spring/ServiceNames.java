package io.rollcall.client.spring;

import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ServicePage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of all services, read now and then from the first call on. While the registry is away they are those known last.
 * Thread-safe.
 */
final class ServiceNames implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceNames.class);

    private static final int PAGE_SERVICES = 10_000;

    private final RegistryClient client;
    private final Duration refresh;
    private final Runnable changed;
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable List<String> known;
    private @Nullable CompletableFuture<List<String>> reading;
    private boolean isRefreshing;

    /** Since a read that failed was told of; by the one thread that reads. */
    private boolean isFailing;

    /**
     * Names that are read by nobody yet.
     *
     * @param refresh from one read to the next
     * @param changed told when they are others than before
     */
    ServiceNames(RegistryClient client, Duration refresh, Runnable changed) {
        this.client = client;
        this.refresh = refresh;
        this.changed = changed;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "rollcall-service-names");
            made.setDaemon(true);
            return made;
        });
    }

    /** The names in order; completed at once if they are known, by an exception if the registry gives none. */
    synchronized CompletableFuture<List<String>> names() {
        if (!isRefreshing) {
            isRefreshing = true;
            long nanos = refresh.toNanos();
            var unused = thread.scheduleWithFixedDelay(this::read, nanos, nanos, TimeUnit.NANOSECONDS);
        }
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<List<String>> current = reading;
        if (current == null) {
            current = new CompletableFuture<>();
            reading = current;
            thread.execute(this::read);
        }
        return current.copy();
    }

    private void read() {
        try {
            List<String> now = all();
            isFailing = false;
            CompletableFuture<List<String>> waiting;
            boolean isChange;
            synchronized (this) {
                isChange = known != null && !known.equals(now);
                known = now;
                waiting = reading;
                reading = null;
            }
            if (waiting != null) {
                waiting.complete(now);
            }
            if (isChange) {
                changed.run();
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException cause) {
        if (!endReading(cause) && !isFailing) {
            isFailing = true;
            LOG.atWarn().setCause(cause).log("the names of the services could not be read; those known last are used");
        }
    }

    private boolean endReading(RuntimeException cause) {
        CompletableFuture<List<String>> waiting;
        synchronized (this) {
            waiting = reading;
            reading = null;
        }
        return waiting != null && waiting.completeExceptionally(cause);
    }

    private List<String> all() {
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            ReadOptions options = ReadOptions.stale().withPage(PAGE_SERVICES, cursor);
            ServicePage page = client.services(options).orThrow();
            page.services().forEach(service -> names.add(service.key().name().value()));
            cursor = page.cursor();
        } while (cursor != null);
        return List.copyOf(names);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        var unused = endReading(new IllegalStateException("the application ends"));
    }
}
