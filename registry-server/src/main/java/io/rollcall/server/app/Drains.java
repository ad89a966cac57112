package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Taking an instance out of traffic in one step: the operator's word, then the wait until whoever follows the service
 * has heard it. Thread-safe; no method blocks.
 */
public final class Drains {

    /** The longest wait for those who follow a service. */
    public static final Duration MAX_WAIT = Duration.ofMinutes(10);

    /** The wait, unless told. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

    private final Registrations registrations;
    private final Subscribers subscribers;

    /**
     * The drains of a node.
     *
     * @param registrations sets the operator's word
     * @param subscribers know who has heard it
     */
    public Drains(Registrations registrations, Subscribers subscribers) {
        this.registrations = registrations;
        this.subscribers = subscribers;
    }

    /**
     * What a drain came to.
     *
     * @param said what setting the word came to; the rest means nothing if it was refused or a dry run
     * @param acknowledged how many that follow the service have told that they know
     * @param laggards who had not told when the wait was over
     */
    public record Drained(WriteOutcome said, int acknowledged, List<String> laggards) {

        /** Copies the list. */
        public Drained {
            laggards = List.copyOf(laggards);
        }
    }

    /**
     * Sets the word {@code draining} and waits until it is known.
     *
     * @param key which
     * @param reason why; may be empty
     * @param wait zero to {@link #MAX_WAIT}; how long to wait once the word is committed
     * @param context request id and circumstances
     * @return never fails
     */
    public CompletableFuture<Drained> drain(InstanceKey key, String reason, Duration wait, RequestContext context) {
        return registrations
                .say(key, new OperatorWord(InstanceStatus.DRAINING, reason), context)
                .thenCompose(said -> said instanceof WriteOutcome.Stored stored
                        ? subscribers
                                .awaitKnown(key.service(), stored.index(), wait)
                                .thenApply(known -> new Drained(said, known.acknowledged(), known.laggards()))
                        : CompletableFuture.completedFuture(new Drained(said, 0, List.of())));
    }
}
