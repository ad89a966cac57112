package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Where questions about the past are worked on: they go to the disk, so no thread of HTTP or Raft waits for them. */
public final class PastDesk {

    /** Clocks of callers may be ahead by so much. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final PastReader past;
    private final Executor executor;
    private final InstantSource clock;

    /**
     * A desk.
     *
     * @param past the registry as it was
     * @param executor its threads may wait for the disk; one that refuses makes the node say that it is overloaded
     * @param clock the node's own
     */
    public PastDesk(PastReader past, Executor executor, InstantSource clock) {
        this.past = past;
        this.executor = executor;
        this.clock = clock;
    }

    <R> CompletableFuture<R> ask(Function<Past, R> question) {
        return CompletableFuture.supplyAsync(() -> read(question), executor);
    }

    private <R> R read(Function<Past, R> question) {
        try {
            return past.read(question);
        } catch (PastUnavailableException e) {
            throw new RefusedException(
                    Refusals.retryable(ErrorCode.NOT_READY, "the node does not have its state now; ask another node"));
        }
    }

    /** The registry index that the registry had at an instant. */
    long indexAt(Past now, Instant at) {
        if (at.isAfter(clock.instant().plus(TOLERANCE))) {
            throw new InvalidRequestException(new Violation("at", "must not lie in the future"));
        }
        if (at.toEpochMilli() < now.fromMillis()) {
            throw new InvalidRequestException(new Violation(
                    "at",
                    "must not lie before " + Instant.ofEpochMilli(now.fromMillis())
                            + ": of earlier times nothing is known any more"));
        }
        return now.indexAt(at.toEpochMilli());
    }
}
