package io.rollcall.server;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that is done again and again on a thread of its own; one that fails is done again all the same. */
final class Repeated {

    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private final ScheduledThreadPoolExecutor thread;
    private final Duration pause;
    private final Runnable task;

    Repeated(String name, Duration pause, Runnable task) {
        this.pause = pause;
        this.task = task;
        this.thread = new ScheduledThreadPoolExecutor(1, run -> {
            Thread daemon = new Thread(run, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    void start() {
        var unused =
                thread.scheduleWithFixedDelay(this::guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a task failed; it is tried again");
        }
    }

    void stop() {
        thread.shutdownNow();
    }
}
