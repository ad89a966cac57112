package io.rollcall.statemachine.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a database now and then whether something failed behind the back of every call, such as a compaction.
 *
 * <p>Not a listener: RocksDB would call it from its own threads, for which the end of the process waits, and a thread that
 * enters Java while the process ends waits for that end. Such a process is neither dead nor alive, for ever.
 */
final class BackgroundWatch implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(200);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "store-watch");
        daemon.setDaemon(true);
        return daemon;
    });

    /**
     * Begins to watch.
     *
     * @param check throws {@link StoreException} if something failed
     * @param target takes that, once
     */
    BackgroundWatch(Runnable check, Consumer<StoreException> target) {
        var unused = thread.scheduleWithFixedDelay(
                () -> look(check, target), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Runnable check, Consumer<StoreException> target) {
        try {
            check.run();
        } catch (StoreException e) {
            thread.shutdown();
            target.accept(e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
