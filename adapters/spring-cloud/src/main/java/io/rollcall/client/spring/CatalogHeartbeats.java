package io.rollcall.client.spring;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.directory.DirectoryListener;
import io.rollcall.client.directory.ServiceDirectory;
import io.rollcall.client.directory.ServiceView;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application that services have changed, so that what is made of them is made anew. Changes that come while a
 * listener is at work become one event. Thread-safe.
 */
final class CatalogHeartbeats implements DirectoryListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogHeartbeats.class);

    private final ServiceDirectory directory;
    private final ApplicationEventPublisher publisher;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final AtomicLong version = new AtomicLong();
    // Not the directory's own thread: a listener may wait for what that one brings.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "rollcall-heartbeat-events");
        made.setDaemon(true);
        return made;
    });

    CatalogHeartbeats(ServiceDirectory directory, ApplicationEventPublisher publisher) {
        this.directory = directory;
        this.publisher = publisher;
        directory.addListener(this);
    }

    @Override
    public void onChange(ServiceKey service, ServiceView before, ServiceView after) {
        changed();
    }

    /** Tells it soon. */
    void changed() {
        if (isDue.getAndSet(true)) {
            return;
        }
        try {
            thread.execute(this::publish);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("a change that comes while the application ends is not told");
        }
    }

    private void publish() {
        // Before the event: what changes from here on is not in it.
        isDue.set(false);
        try {
            publisher.publishEvent(new HeartbeatEvent(this, version.incrementAndGet()));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a listener for heartbeat events failed");
        }
    }

    @Override
    public void close() {
        directory.removeListener(this);
        thread.shutdownNow();
    }
}
