package io.rollcall.server.raft;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Confirms the leadership for the heartbeats that this member takes from its own callers. They wait a moment for each other:
 * a round asks all members, and one that began for each beat would cost more than the beats themselves.
 */
final class BeatConfirmations {

    /** How long the first one waits for more; nobody beats so often that it mattered. */
    static final Duration GATHERING = Duration.ofMillis(1);

    private final Supplier<CompletableFuture<Long>> round;
    private final ScheduledExecutorService timer;

    // Guarded by this.
    private @Nullable CompletableFuture<Long> next;

    /**
     * Nothing is waiting.
     *
     * @param round confirms the leadership for all who came before it began
     * @param timer begins rounds
     */
    BeatConfirmations(Supplier<CompletableFuture<Long>> round, ScheduledExecutorService timer) {
        this.round = round;
        this.timer = timer;
    }

    /** What a round finds out that begins after this call. */
    synchronized CompletableFuture<Long> join() {
        CompletableFuture<Long> waiting = next;
        if (waiting == null) {
            waiting = new CompletableFuture<>();
            next = waiting;
            CompletableFuture<Long> gathered = waiting;
            var unused = timer.schedule(() -> begin(gathered), GATHERING.toNanos(), TimeUnit.NANOSECONDS);
        }
        return waiting;
    }

    private void begin(CompletableFuture<Long> gathered) {
        synchronized (this) {
            next = null;
        }
        Callbacks.onEnd(round.get(), (index, error) -> {
            if (error == null) {
                gathered.complete(index);
            } else {
                gathered.completeExceptionally(error);
            }
        });
    }
}
