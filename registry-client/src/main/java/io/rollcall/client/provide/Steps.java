package io.rollcall.client.provide;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that takes a step when one is due or when it is nudged. No exception of a step ends it. */
final class Steps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);
    private static final Duration AFTER_EXCEPTION = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** What is to be done again and again. */
    interface Step {

        /** Does it, and returns how long until it is to be done again, in nanoseconds, unless there is a nudge. */
        long run();
    }

    private final Step step;
    private final Thread thread;
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean isClosed;

    Steps(String name, Step step) {
        this.step = step;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something may be due earlier than the last step knew. */
    void nudge() {
        nudges.release();
    }

    private void run() {
        try {
            while (!isClosed) {
                long pause = take();
                if (nudges.tryAcquire(pause, TimeUnit.NANOSECONDS)) {
                    nudges.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // It is closed; nobody else has the thread.
            Thread.currentThread().interrupt();
        }
    }

    private long take() {
        try {
            return step.run();
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("thread", thread.getName()).setCause(e).log("a step of a provider failed");
            return AFTER_EXCEPTION.toNanos();
        }
    }

    /** Ends what is under way, and returns when it has ended, or after 2 s. */
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
