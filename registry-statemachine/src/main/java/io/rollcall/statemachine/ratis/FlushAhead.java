package io.rollcall.statemachine.ratis;

import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the database durable on a thread of its own before a snapshot is taken, so that the application of entries stops
 * only for what came since. For the one thread that applies the log.
 */
final class FlushAhead {

    private @Nullable CompletableFuture<Void> flush;

    /**
     * Tells whether a flush is done, and begins one if there is none.
     *
     * @throws StoreException if it failed
     */
    boolean isDone(RegistryStore store) {
        CompletableFuture<Void> present = flush;
        if (present == null) {
            present = CompletableFuture.runAsync(store::flush, FlushAhead::startThread);
            flush = present;
        }
        if (!present.isDone()) {
            return false;
        }
        try {
            present.join();
            return true;
        } catch (CompletionException e) {
            throw new StoreException("the flush before a snapshot failed", e.getCause());
        }
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "flush-before-snapshot");
        thread.setDaemon(true);
        thread.start();
    }

    /** The snapshot is taken, or failed: the next one flushes again. */
    void reset() {
        flush = null;
    }
}
