package io.rollcall.server.leader;

import io.rollcall.server.leader.Lease.Phase;
import io.rollcall.statemachine.command.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Lets overdue leases lapse: not after a pause of our own, not while the governor holds them, not faster than allowed, in
 * random order, and each through the log. Guarded by the lock of {@link LeaderTerm}.
 */
final class LeaseExpirer {

    /** The longest that a held lease is given to be heard again once the doubt is over. */
    private static final long LONGEST_SETTLING_NANOS = Duration.ofSeconds(30).toNanos();

    /** A verdict of which nothing was heard is given anew after so long. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Object lock;
    private final LeaseTable table;
    private final ExpiryGovernor governor;
    private final LeaseClock clock;
    private final RateLimit rate;
    private final VerdictLog verdicts;
    private final Random random;
    private final Runnable catchUp;

    private final Map<Lease, CompletableFuture<Void>> expiring = new HashMap<>();
    private List<Lease> overdue = new ArrayList<>();
    private List<Lease> held = new ArrayList<>();
    private long lapsed;

    /**
     * An expirer.
     *
     * @param lock guards the leases
     * @param catchUp brings the table up to what was applied; called with the lock
     */
    LeaseExpirer(
            Object lock,
            LeaseTable table,
            ExpiryGovernor governor,
            LeaseClock clock,
            RateLimit rate,
            VerdictLog verdicts,
            Random random,
            Runnable catchUp) {
        this.lock = lock;
        this.table = table;
        this.governor = governor;
        this.clock = clock;
        this.rate = rate;
        this.verdicts = verdicts;
        this.random = random;
        this.catchUp = catchUp;
    }

    /** To be called often, with what has become overdue since. */
    void sweep(List<Lease> due, long nowNanos) {
        overdue.addAll(due);
        List<Lease> ready = new ArrayList<>();
        for (Lease lease : overdue) {
            if (lease.phase == Phase.LATE && isTrusted(lease, nowNanos)) {
                if (governor.holdsBack(lease.service)) {
                    hold(lease);
                } else {
                    ready.add(lease);
                }
            }
        }
        governor.review();
        lookAtHeld(ready, nowNanos);
        overdue = lapseSome(ready, nowNanos);
    }

    private boolean isTrusted(Lease lease, long nowNanos) {
        long from = clock.trustedFromNanos(lease.ttlNanos());
        if (nowNanos < from) {
            table.postpone(lease, from);
        }
        return nowNanos >= from;
    }

    private void hold(Lease lease) {
        table.turn(lease, Phase.HELD);
        held.add(lease);
        setSuspect(lease, true);
    }

    private void lookAtHeld(List<Lease> ready, long nowNanos) {
        List<Lease> still = new ArrayList<>();
        for (Lease lease : held) {
            if (lease.phase != Phase.HELD) {
                continue;
            }
            if (governor.holdsNow(lease.service)) {
                still.add(lease);
                setSuspect(lease, true);
            } else if (governor.isLettingGo(lease.service)) {
                table.turn(lease, Phase.LATE);
                ready.add(lease);
            } else {
                // Many are heard again; this one may only be slower, and gets the time for it.
                table.postpone(lease, nowNanos + Math.min(lease.ttlNanos(), LONGEST_SETTLING_NANOS));
            }
        }
        held = still;
    }

    /** Returns those for which there was no room. */
    private List<Lease> lapseSome(List<Lease> ready, long nowNanos) {
        Collections.shuffle(ready, random);
        int room = rate.take(ready.size(), nowNanos);
        ready.subList(0, room).forEach(lease -> lapse(lease, nowNanos));
        return new ArrayList<>(ready.subList(room, ready.size()));
    }

    private void lapse(Lease lease, long nowNanos) {
        table.turn(lease, Phase.EXPIRING);
        CompletableFuture<Void> settled = new CompletableFuture<>();
        expiring.put(lease, settled);
        var verdict = new Verdict.LeaseLapsed(
                lease.service.instanceKey(lease), lease.incarnation, lease.silentMillis(nowNanos));
        var unused = verdicts.submit(verdict).handle((taken, error) -> {
            synchronized (lock) {
                catchUp.run();
                expiring.remove(lease);
                lapsed += taken != null && taken ? 1 : 0;
                restartUnlessLapsed(lease);
            }
            settled.complete(null);
            return taken;
        });
    }

    private void restartUnlessLapsed(Lease lease) {
        if (lease.phase != Phase.EXPIRING) {
            return;
        }
        long now = clock.nanos();
        if (lease.dueNanos > now) {
            table.restart(lease);
        } else {
            table.postpone(lease, now + RETRY_NANOS);
        }
    }

    /** Done when it is known what became of a lease that is expiring. */
    CompletableFuture<Void> outcomeOf(Lease lease) {
        return expiring.getOrDefault(lease, CompletableFuture.completedFuture(null));
    }

    /** Sets or takes back the flag of an instance, unless that is so already or under way. */
    void setSuspect(Lease lease, boolean suspect) {
        if (lease.suspect == suspect) {
            return;
        }
        lease.suspect = suspect;
        var verdict = new Verdict.Suspected(lease.service.instanceKey(lease), lease.incarnation, suspect);
        var unused = verdicts.submit(verdict).exceptionally(lost -> {
            synchronized (lock) {
                // Not known to be so: whoever looks at the lease next tries again.
                lease.suspect = !suspect;
            }
            return false;
        });
    }

    /** Leases that are overdue and wait for nothing but their turn. */
    int waiting() {
        return overdue.size();
    }

    /** Leases that this leader let lapse. */
    long lapsed() {
        return lapsed;
    }
}
