package io.rollcall.client;

import java.util.concurrent.CompletableFuture;

/** Runs the calls of one client, and knows how far its writes have come. Thread-safe. */
final class Calls {

    private final Failover failover;
    private final OwnWrites ownWrites;
    private final ClientThreads threads;

    Calls(Failover failover, OwnWrites ownWrites, ClientThreads threads) {
        this.failover = failover;
        this.ownWrites = ownWrites;
        this.threads = threads;
    }

    /** Makes a call and waits for its end; interrupting the thread ends it. */
    <T> Outcome<T> run(Call<T> call) {
        return noted(call, failover.run(call, null));
    }

    <T> Outcome<T> run(Call<T> call, CallLimits limits) {
        return noted(call, failover.run(call, limits));
    }

    /** Makes a call; ending the future ends it. */
    <T> CompletableFuture<Outcome<T>> start(Call<T> call) {
        return started(call, failover.start(call, null));
    }

    <T> CompletableFuture<Outcome<T>> start(Call<T> call, CallLimits limits) {
        return started(call, failover.start(call, limits));
    }

    private <T> CompletableFuture<Outcome<T>> started(Call<T> call, CallUnderWay<T> started) {
        CompletableFuture<Outcome<T>> told = new CompletableFuture<>();
        var unused = started.end()
                .whenComplete((outcome, failure) -> threads.complete(() -> {
                    if (failure == null) {
                        told.complete(noted(call, outcome));
                    } else {
                        told.completeExceptionally(failure);
                    }
                }));
        var unusedToo = told.whenComplete((outcome, failure) -> {
            if (!started.end().isDone()) {
                started.abort("before the call was cancelled");
            }
        });
        return told;
    }

    /** The same read, of a state that holds the client's own writes if it is to see them. */
    ReadOptions seen(ReadOptions options) {
        return ownWrites.seenBy(options);
    }

    long highestWritten() {
        return ownWrites.highest();
    }

    private <T> Outcome<T> noted(Call<T> call, Outcome<T> outcome) {
        return call.isWrite() ? ownWrites.noted(outcome) : outcome;
    }
}
