package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.client.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has the registrar begin at once, and waits for it. Thread-safe. */
final class Registering {

    private final Runnable registrationsDue;
    private final Duration timeout;

    /**
     * Waits for registrations.
     *
     * @param registrationsDue wakes the registrar
     * @param timeout for each of them
     */
    Registering(Runnable registrationsDue, Duration timeout) {
        this.registrationsDue = registrationsDue;
        this.timeout = timeout;
    }

    void begin() {
        registrationsDue.run();
    }

    /** How it failed, or has failed so far; empty if it was registered. */
    Optional<Outcome<Instance>> await(KeptInstance kept, CompletableFuture<Optional<Outcome<Instance>>> failure) {
        begin();
        try {
            return failure.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return kept.giveUp(failure, "within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return kept.giveUp(failure, "before the calling thread was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a registration failed", e);
        }
    }
}
