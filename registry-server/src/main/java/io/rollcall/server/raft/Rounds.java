package io.rollcall.server.raft;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers share rounds: a round serves all who came before it began, and who comes later waits for the next one.
 *
 * @param <T> what a round finds out
 */
final class Rounds<T> {

    private final Supplier<CompletableFuture<T>> round;
    private final int runningMax;

    private @Nullable CompletableFuture<T> next;
    private int running;

    Rounds(Supplier<CompletableFuture<T>> round, int runningMax) {
        this.round = round;
        this.runningMax = runningMax;
    }

    /** What a round finds out that begins after this call. */
    CompletableFuture<T> join() {
        CompletableFuture<T> joined;
        synchronized (this) {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            joined = next;
        }
        startNext();
        return joined;
    }

    private void startNext() {
        CompletableFuture<T> starting;
        synchronized (this) {
            if (next == null || running == runningMax) {
                return;
            }
            starting = next;
            next = null;
            running++;
        }
        Callbacks.onEnd(round.get(), (found, error) -> {
            synchronized (this) {
                running--;
            }
            startNext();
            if (error == null) {
                starting.complete(found);
            } else {
                starting.completeExceptionally(error);
            }
        });
    }
}
