package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastReader;
import io.rollcall.statemachine.history.PastTooFarException;
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
    private final int maxRecords;
    private final Executor executor;
    private final InstantSource clock;

    /**
     * A desk.
     *
     * @param past the registry as it was
     * @param maxRecords how many instances and events one question may read, so that none holds a thread for long
     * @param executor its threads may wait for the disk; one that refuses makes the node say that it is overloaded
     * @param clock the node's own
     */
    public PastDesk(PastReader past, int maxRecords, Executor executor, InstantSource clock) {
        this.past = past;
        this.maxRecords = maxRecords;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Answers a question.
     *
     * @param parameter of the request, that says how far back it looks
     */
    <R> CompletableFuture<R> ask(String parameter, Function<Past, R> question) {
        return CompletableFuture.supplyAsync(() -> read(parameter, question), executor);
    }

    private <R> R read(String parameter, Function<Past, R> question) {
        try {
            return past.read(known -> question.apply(known.within(maxRecords)));
        } catch (PastUnavailableException e) {
            throw new RefusedException(
                    Refusals.retryable(ErrorCode.NOT_READY, "the node does not have its state now; ask another node"));
        } catch (PastTooFarException e) {
            throw new InvalidRequestException(new Violation(
                    parameter,
                    "lies too far back: more than " + maxRecords + " instances and events would have to be read"
                            + " (history.max-read); name a later time, or ask for one service"));
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
