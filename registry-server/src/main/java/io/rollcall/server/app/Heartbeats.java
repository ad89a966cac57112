package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life, of one instance or of many. A beat needs none of this node's state: a node that has not caught up
 * passes it on to the leader all the same. Thread-safe; no method blocks.
 */
public final class Heartbeats {

    /** Most beats of one request. */
    public static final int MAX_BATCH = 10_000;

    /** What the owner of an instance does that the registry does not know. */
    static final String REREGISTER = "reregister";

    /** What the owner of an instance does whose id another registration has taken. */
    static final String STOP = "stop";

    /** What the owner of an instance does whose beat nobody confirmed. */
    static final String RETRY = "retry";

    private final LeaseKeeper leases;
    private final Duration deadline;

    /**
     * The heartbeats of a node.
     *
     * @param leases the way to the leader
     * @param deadline how long to look for one
     */
    public Heartbeats(LeaseKeeper leases, Duration deadline) {
        this.leases = leases;
        this.deadline = deadline;
    }

    /**
     * What one beat came to.
     *
     * @param renewed the lease; null if it was not renewed, or if nobody confirmed that it was
     * @param problem why not; null if it was
     */
    public record Renewal(
            BeatResult.@Nullable Renewed renewed, @Nullable Problem problem) {}

    /**
     * Renews one lease.
     *
     * @param beat of which instance
     * @return never fails
     */
    public CompletableFuture<Renewal> renew(Beat beat) {
        return leases.renew(List.of(beat), deadline).thenApply(results -> {
            BeatResult result = results.get(0);
            return result instanceof BeatResult.Renewed renewed
                    ? new Renewal(renewed, null)
                    : new Renewal(null, problem(beat, result));
        });
    }

    private static Problem problem(Beat beat, BeatResult result) {
        if (result instanceof BeatResult.Unknown) {
            return Refusals.notFound(beat.key()).with("action", REREGISTER);
        }
        if (result instanceof BeatResult.Stale stale) {
            return Refusals.stale(beat.key(), stale.incarnation(), beat.incarnation())
                    .with("action", STOP);
        }
        if (result instanceof BeatResult.Unconfirmed unconfirmed) {
            return Refusals.retryable(unconfirmed.code(), unconfirmed.detail());
        }
        throw new IllegalStateException("no problem is " + result);
    }

    /**
     * Renews many leases.
     *
     * @param beats 1 to {@value #MAX_BATCH}; an instance may be there more than once
     * @return never fails
     */
    public CompletableFuture<BeatTally> renewAll(List<Beat> beats) {
        return leases.renew(beats, deadline).thenApply(results -> tally(beats, results));
    }

    private static BeatTally tally(List<Beat> beats, List<BeatResult> results) {
        BeatTally.Count count = new BeatTally.Count();
        for (int i = 0; i < results.size(); i++) {
            BeatResult result = results.get(i);
            if (result instanceof BeatResult.Renewed renewed) {
                count.renewed(renewed);
            } else if (result instanceof BeatResult.Unknown) {
                count.failed(beats.get(i).key(), ErrorCode.INSTANCE_NOT_FOUND, REREGISTER, null);
            } else if (result instanceof BeatResult.Stale stale) {
                count.failed(beats.get(i).key(), ErrorCode.STALE_INCARNATION, STOP, stale.incarnation());
            } else if (result instanceof BeatResult.Unconfirmed unconfirmed) {
                count.unconfirmed(beats.get(i).key(), unconfirmed);
            }
        }
        return count.tally();
    }
}
