package io.rollcall.server.raft;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What follows the end of a future that nobody waits for. */
final class Callbacks {

    private Callbacks() {}

    /**
     * Runs a callback at the end of a future. If the callback itself throws, it is a bug, and goes where uncaught
     * exceptions go instead of vanishing in a future.
     *
     * @param future whose end
     * @param callback takes the value, or the error
     * @param <T> type of the value
     */
    static <T> void onEnd(CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> callback) {
        var unused = future.whenComplete((value, error) -> {
            try {
                callback.accept(value, error);
            } catch (RuntimeException | Error bug) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
            }
        });
    }
}
