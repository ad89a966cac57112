package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.server.app.BeatOwners.Standing;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Permission;
import io.rollcall.server.view.CatalogView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life, of one instance or of many. A beat of somebody without a token needs none of this node's state: a node
 * that has not caught up passes it on to the leader all the same. Of others this node looks whether the instance is theirs,
 * and catches up with the cluster first where it does not know that yet. Thread-safe; no method blocks.
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

    /** What a node tells that could not make sure whose an instance is. */
    static final String NOT_CURRENT = "this node could not make sure in time whose the instance is; beat again";

    private final LeaseKeeper leases;
    private final BeatOwners owners;
    private final Freshness freshness;
    private final Gatekeeper gatekeeper;
    private final Duration deadline;
    private final BeatCounts counts = new BeatCounts();

    /**
     * The heartbeats of a node.
     *
     * @param leases the way to the leader
     * @param view whose instances are
     * @param freshness makes the view current where it does not do
     * @param gatekeeper says who may beat for which service
     * @param deadline how long to look for a leader
     */
    public Heartbeats(
            LeaseKeeper leases, CatalogView view, Freshness freshness, Gatekeeper gatekeeper, Duration deadline) {
        this.leases = leases;
        this.owners = new BeatOwners(view);
        this.freshness = freshness;
        this.gatekeeper = gatekeeper;
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
     * @param caller who beats
     * @return never fails
     */
    public CompletableFuture<Renewal> renew(Beat beat, Caller caller) {
        return renewed(beat, caller).thenApply(renewal -> {
            counts.count(renewal);
            return renewal;
        });
    }

    /**
     * Returns what the beats came to.
     *
     * @return counts on
     */
    public BeatCounts counts() {
        return counts;
    }

    private CompletableFuture<Renewal> renewed(Beat beat, Caller caller) {
        Problem refusal = refusal(beat, caller);
        if (refusal != null) {
            return CompletableFuture.completedFuture(new Renewal(null, refusal));
        }
        if (!BeatOwners.areAskedOf(caller) || owners.standing(beat, caller) == Standing.OWN) {
            return renew(beat);
        }
        return freshness.barrier(deadline).thenCompose(passed -> {
            Problem notOwn = passed ? notOwn(beat, caller) : Refusals.retryable(ErrorCode.NO_LEADER, NOT_CURRENT);
            return notOwn == null ? renew(beat) : CompletableFuture.completedFuture(new Renewal(null, notOwn));
        });
    }

    private CompletableFuture<Renewal> renew(Beat beat) {
        return leases.renew(List.of(beat), deadline).thenApply(results -> {
            BeatResult result = results.get(0);
            return result instanceof BeatResult.Renewed renewed
                    ? new Renewal(renewed, null)
                    : new Renewal(null, problem(beat, result));
        });
    }

    private @Nullable Problem refusal(Beat beat, Caller caller) {
        return caller.mayEverywhere(AccessResource.SERVICE, AccessLevel.WRITE)
                ? null
                : gatekeeper.refusal(
                        caller, Permission.of(AccessLevel.WRITE, beat.key().service()));
    }

    /** What the state says that holds all that was acknowledged before the beat; null if the beat may go on. */
    private @Nullable Problem notOwn(Beat beat, Caller caller) {
        return switch (owners.standing(beat, caller)) {
            case OWN, AHEAD -> null;
            case ABSENT -> Refusals.notFound(beat.key()).with("action", REREGISTER);
            case ANOTHERS -> Refusals.notOwner(beat.key()).with("action", STOP);
        };
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
     * @param caller who beats; what he may not beat for fails alone
     * @return never fails
     */
    public CompletableFuture<BeatTally> renewAll(List<Beat> beats, Caller caller) {
        return renewedAll(beats, caller).thenApply(tally -> {
            counts.count(tally);
            return tally;
        });
    }

    private CompletableFuture<BeatTally> renewedAll(List<Beat> beats, Caller caller) {
        if (caller.mayEverywhere(AccessResource.SERVICE, AccessLevel.WRITE) && !BeatOwners.areAskedOf(caller)) {
            return leases.renew(beats, deadline).thenApply(results -> {
                BeatTally.Count count = new BeatTally.Count();
                for (int i = 0; i < results.size(); i++) {
                    count(count, beats.get(i), results.get(i));
                }
                return count.tally();
            });
        }
        BeatScreen screen = new BeatScreen(
                beats,
                caller,
                owners,
                service -> gatekeeper.refusal(caller, Permission.of(AccessLevel.WRITE, service)) == null);
        return screen.isClear()
                ? renew(screen)
                : freshness.barrier(deadline).thenCompose(passed -> {
                    screen.lookAgain(passed);
                    return renew(screen);
                });
    }

    private CompletableFuture<BeatTally> renew(BeatScreen screen) {
        List<Beat> passed = screen.passed();
        CompletableFuture<List<BeatResult>> renewed =
                passed.isEmpty() ? CompletableFuture.completedFuture(List.of()) : leases.renew(passed, deadline);
        return renewed.thenApply(results -> {
            BeatTally.Count count = new BeatTally.Count();
            screen.tally(results, count, Heartbeats::count);
            return count.tally();
        });
    }

    private static void count(BeatTally.Count count, Beat beat, BeatResult result) {
        if (result instanceof BeatResult.Renewed renewed) {
            count.renewed(renewed);
        } else if (result instanceof BeatResult.Unknown) {
            count.failed(beat.key(), ErrorCode.INSTANCE_NOT_FOUND, REREGISTER, null);
        } else if (result instanceof BeatResult.Stale stale) {
            count.failed(beat.key(), ErrorCode.STALE_INCARNATION, STOP, stale.incarnation());
        } else if (result instanceof BeatResult.Unconfirmed unconfirmed) {
            count.unconfirmed(beat.key(), unconfirmed);
        }
    }
}
