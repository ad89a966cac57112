package io.rollcall.server.leader;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.Instance;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.leader.Lease.Phase;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.statemachine.command.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes heartbeats. A beat counts from the moment it came, and is acknowledged once the leadership was confirmed after
 * that moment: a leader that was replaced without knowing it must not tell anybody that he is safe. What is not plain
 * (unknown, stale, expiring or lapsed) is looked at again when this member has applied all that was acknowledged before.
 */
final class BeatDesk {

    private static final Duration APPLY_DEADLINE = Duration.ofSeconds(2);

    /** Looks at one beat: it may wait for an expiry to settle, then for its own revival, then for a mark to go. */
    private static final int LOOKS_MAX = 5;

    private static final BeatResult NOT_CONFIRMED = new BeatResult.Unconfirmed(
            ErrorCode.NO_LEADER, "the leader could not confirm that it still leads; beat again, at any node");

    private static final BeatResult NOT_SETTLED = new BeatResult.Unconfirmed(
            ErrorCode.OVERLOADED, "the leader could not settle in time what becomes of the lease; beat again");

    private final LeaderTerm term;
    private final LeaderLog log;
    private final BeatPace pace;

    BeatDesk(LeaderTerm term, LeaderLog log, BeatPace pace) {
        this.term = term;
        this.log = log;
        this.pace = pace;
    }

    CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Supplier<CompletableFuture<Long>> confirmation) {
        @Nullable BeatResult[] results = new BeatResult[beats.size()];
        boolean plain = true;
        synchronized (term.lock) {
            if (term.hasEnded()) {
                return CompletableFuture.completedFuture(answers(results.length));
            }
            term.catchUp();
            long now = term.clock.nanos();
            for (int i = 0; i < results.length; i++) {
                results[i] = take(beats.get(i), now);
                plain &= results[i] != null;
            }
            pace.count(results.length, now);
        }
        CompletableFuture<Long> confirmed = confirmation.get();
        CompletableFuture<List<BeatResult>> answers = plain
                ? confirmed.thenApply(index -> answers(results))
                : confirmed
                        .thenCompose(index -> log.applied(index, APPLY_DEADLINE))
                        .thenCompose(applied -> settle(beats, results, applied));
        return answers.exceptionally(error -> {
            term.doubt("the leadership was not confirmed for a batch of beats: " + reason(error));
            return answers(beats.size());
        });
    }

    private static String reason(Throwable error) {
        return String.valueOf((error.getCause() == null ? error : error.getCause()).getMessage());
    }

    /** What the table says at once; null if that is not plain. */
    private @Nullable BeatResult take(Beat beat, long now) {
        Lease lease = term.table.find(beat.key());
        if (lease == null || (beat.incarnation() != null && beat.incarnation() != lease.incarnation)) {
            return null;
        }
        if (lease.phase == Phase.EXPIRING || lease.phase == Phase.LAPSED || lease.silenceMarked) {
            // It was heard: should the verdict get lost, the lease runs on from here.
            lease.beat(now);
            return null;
        }
        return renewed(lease, now);
    }

    private BeatResult renewed(Lease lease, long now) {
        term.table.beat(lease, now);
        term.expirer.setSuspect(lease, false);
        return pace.renewed(lease.ttlMillis);
    }

    private static List<BeatResult> answers(@Nullable BeatResult[] results) {
        List<BeatResult> answers = new ArrayList<>(results.length);
        for (BeatResult result : results) {
            answers.add(result == null ? NOT_SETTLED : result);
        }
        return answers;
    }

    private static List<BeatResult> answers(int count) {
        BeatResult[] none = new BeatResult[count];
        Arrays.fill(none, NOT_CONFIRMED);
        return List.of(none);
    }

    private CompletableFuture<List<BeatResult>> settle(
            List<Beat> beats, @Nullable BeatResult[] results, boolean applied) {
        List<CompletableFuture<Void>> open = new ArrayList<>();
        for (int i = 0; i < results.length && applied; i++) {
            if (results[i] == null) {
                int position = i;
                open.add(look(beats.get(i), LOOKS_MAX).thenAccept(result -> results[position] = result));
            }
        }
        return CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers(results));
    }

    private CompletableFuture<BeatResult> look(Beat beat, int looks) {
        if (looks == 0) {
            return CompletableFuture.completedFuture(NOT_SETTLED);
        }
        CompletableFuture<?> first;
        synchronized (term.lock) {
            if (term.hasEnded()) {
                return CompletableFuture.completedFuture(NOT_CONFIRMED);
            }
            term.catchUp();
            InstanceEntry entry = term.present(beat.key());
            if (entry == null) {
                return CompletableFuture.completedFuture(new BeatResult.Unknown());
            }
            Instance present = entry.instance();
            if (beat.incarnation() != null && beat.incarnation() != present.incarnation()) {
                return CompletableFuture.completedFuture(new BeatResult.Stale(present.incarnation()));
            }
            if (present.registration().ttl().isZero()) {
                return CompletableFuture.completedFuture(new BeatResult.Renewed(Duration.ZERO, Duration.ZERO));
            }
            long now = term.clock.nanos();
            Lease lease = term.leaseOf(entry, now);
            first = lastObstacle(lease, now);
            if (first == null) {
                return CompletableFuture.completedFuture(renewed(lease, now));
            }
        }
        return first.handle((done, error) -> error)
                .thenCompose(error ->
                        error == null ? look(beat, looks - 1) : CompletableFuture.completedFuture(NOT_SETTLED));
    }

    /** What has to be done before the lease can run anew; null if nothing. */
    private @Nullable CompletableFuture<?> lastObstacle(Lease lease, long now) {
        if (lease.phase == Phase.EXPIRING) {
            return term.expirer.outcomeOf(lease);
        }
        if (lease.phase == Phase.LAPSED) {
            return term.verdicts.submit(new Verdict.LeaseRevived(lease.service.instanceKey(lease), lease.incarnation));
        }
        if (lease.silenceMarked) {
            return term.marks.heardAgain(lease, now).thenRun(() -> {
                synchronized (term.lock) {
                    lease.silenceMarked = false;
                }
            });
        }
        return null;
    }
}
