package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.client.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait until a wish for one instance was registered. They are given nothing when it was, and how it failed when it
 * was not. Not thread-safe, but for the futures.
 */
final class Awaited {

    private record Waiter(long revision, CompletableFuture<Optional<Outcome<Instance>>> failure) {}

    private final List<Waiter> waiters = new ArrayList<>();

    CompletableFuture<Optional<Outcome<Instance>>> add(long revision) {
        CompletableFuture<Optional<Outcome<Instance>>> failure = new CompletableFuture<>();
        waiters.add(new Waiter(revision, failure));
        return failure;
    }

    void remove(CompletableFuture<?> failure) {
        waiters.removeIf(waiter -> waiter.failure() == failure);
    }

    /** Completes those who wait for that wish, or for one before it. */
    void complete(long revision, Optional<Outcome<Instance>> failure) {
        waiters.removeIf(
                waiter -> waiter.revision() <= revision && waiter.failure().complete(failure));
    }
}
