package io.rollcall.server.leader;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.config.LeaseSettings;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.command.Verdict;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one leadership knows of who is alive, from its beginning to its end. It begins with what the state says, gives every
 * lease its full time and a grace, and follows the applied changes from there.
 */
final class LeaderTerm {

    private static final long NANOS_OF_MILLI = 1_000_000;

    /** Guards the table and all that stands on it. Never held while anything is waited for. */
    final Object lock = new Object();

    final LeaseClock clock;
    final LeaseTable table;
    final VerdictLog verdicts;
    final ExpiryGovernor governor;
    final LeaseExpirer expirer;
    final LeaseMarks marks;
    final Removals removals = new Removals();
    final BeatPace pace = new BeatPace();
    final CheckDuty checks;
    final long term;

    private final LeaseSettings settings;
    private final CatalogView view;
    private final BeatDesk desk;
    private final RateLimit rate;
    private final Queue<ChangeBatch> changes = new ConcurrentLinkedQueue<>();
    private long removed;
    private boolean ended;

    LeaderTerm(
            String self,
            long term,
            LeaseSettings settings,
            CatalogView view,
            LeaderLog log,
            CheckDuty checks,
            LongSupplier monotonicNanos,
            InstantSource wallClock) {
        this.term = term;
        this.settings = settings;
        this.view = view;
        this.checks = checks;
        clock = new LeaseClock(monotonicNanos);
        long now = clock.nanos();
        table = new LeaseTable(now);
        verdicts =
                new VerdictLog(log, term, "leader:" + self, monotonicNanos, () -> doubt("a verdict was lost or slow"));
        governor = new ExpiryGovernor(settings, table, clock::nanos, wallClock);
        rate = new RateLimit(settings.rate(), now);
        expirer = new LeaseExpirer(lock, table, governor, clock, rate, verdicts, new Random(), this::catchUp);
        marks = new LeaseMarks(log, term, wallClock, now);
        desk = new BeatDesk(this, log, pace);
    }

    /** Takes over what the state says. What is applied from now on is to be given to {@link #changed}. */
    void load() {
        checks.begin(verdicts);
        for (ServiceKey key : view.current().services().keySet()) {
            // A service at a time, so that beats need not wait for all; and anew, since changes were told meanwhile.
            synchronized (lock) {
                catchUp();
                ServiceState service = view.current().service(key);
                if (service != null) {
                    long now = clock.nanos();
                    service.instances()
                            .forEach(entry -> track(entry, now, settings.grace().toNanos()));
                }
            }
        }
    }

    /** Begins the lease of an instance as the state says; a silence that is marked there counts on. */
    private @Nullable Lease track(InstanceEntry entry, long now, long graceNanos) {
        long ttlMillis = entry.instance().registration().ttl().toMillis();
        boolean isMarked = ttlMillis > LeaseMarks.LONG_LEASE.toMillis() && entry.silentMillis() > 0;
        long silentNanos = isMarked ? Math.min(entry.silentMillis(), ttlMillis) * NANOS_OF_MILLI : 0;
        Lease lease = note(entry.instance(), now, graceNanos - silentNanos);
        if (lease != null && isMarked) {
            lease.silenceMarked = true;
        }
        return lease;
    }

    /** Takes changes that were applied; called by the thread that applies the log. */
    void changed(ChangeBatch batch) {
        changes.add(batch);
    }

    /** Brings the table up to what was applied; to be called with the lock. */
    void catchUp() {
        for (ChangeBatch batch = changes.poll(); batch != null; batch = changes.poll()) {
            long now = clock.nanos();
            for (RegistryChange change : batch.changes()) {
                if (change instanceof InstanceChanged changed) {
                    note(changed.after(), now, 0);
                } else if (change instanceof InstanceRemoved gone) {
                    forget(gone.before().key());
                }
            }
        }
    }

    /** Notes an instance as it is now; a lease that it begins runs for its time and what is given on top. */
    private @Nullable Lease note(Instance instance, long now, long onTopNanos) {
        removals.note(instance, now);
        checks.note(instance);
        if (instance.registration().ttl().isZero()) {
            table.remove(instance.key());
            return null;
        }
        Lease lease = table.find(instance.key());
        long ttlNanos = instance.registration().ttl().toNanos();
        if (lease == null || lease.incarnation != instance.incarnation()) {
            int ttlMillis = (int) instance.registration().ttl().toMillis();
            lease = table.put(instance.key(), instance.incarnation(), ttlMillis, now, now + ttlNanos + onTopNanos);
            lease.suspect = instance.suspect();
        }
        if (instance.leaseLapsed()) {
            table.turn(lease, Lease.Phase.LAPSED);
        } else if (lease.phase == Lease.Phase.LAPSED) {
            lease.dueNanos = Math.max(lease.dueNanos, now + ttlNanos);
            table.restart(lease);
        }
        return lease;
    }

    private void forget(InstanceKey key) {
        removals.forget(key);
        checks.forget(key);
        table.remove(key);
    }

    /** The instance as it was applied last; null if it is not registered. */
    @Nullable
    InstanceEntry present(InstanceKey key) {
        ServiceState service = view.current().service(key.service());
        return service == null ? null : service.instance(key.id());
    }

    /** The lease of an instance that has one. */
    Lease leaseOf(InstanceEntry present, long now) {
        Instance instance = present.instance();
        Lease lease = table.find(instance.key());
        if (lease == null || lease.incarnation != instance.incarnation()) {
            lease = track(present, now, settings.grace().toNanos());
        }
        if (lease == null) {
            throw new IllegalStateException(instance.key() + " has no lease");
        }
        return lease;
    }

    CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Supplier<CompletableFuture<Long>> confirmation) {
        return desk.renew(beats, confirmation);
    }

    /** Beats may not have been heard up to now. */
    void doubt(String why) {
        synchronized (lock) {
            clock.doubt(why);
        }
    }

    /** To be called every tick of the wheel. */
    void sweep() {
        List<Verdict.Overdue> overdue;
        synchronized (lock) {
            catchUp();
            long now = clock.nanos();
            if (verdicts.isStuck()) {
                clock.doubt("a verdict has not come back from the log");
            }
            List<Lease> due = new ArrayList<>();
            List<Lease> silent = new ArrayList<>();
            List<Lease> seen = new ArrayList<>();
            table.advance(now, due, silent, seen);
            silent.forEach(lease -> marks.silent(lease, now));
            seen.forEach(lease -> marks.seen(lease, now));
            expirer.sweep(due, now);
            marks.flush(now);
            overdue = removals.due(now, rate, this::isHeld);
        }
        for (Verdict.Overdue verdict : overdue) {
            // One that is lost is given again later.
            var unused = verdicts.submit(verdict).thenAccept(this::countRemoved);
        }
        checks.sweep();
    }

    private boolean isHeld(InstanceKey key) {
        Lease lease = table.find(key);
        return governor.isHoldingAll() || (lease != null && governor.holdsNow(lease.service));
    }

    private void countRemoved(boolean taken) {
        synchronized (lock) {
            removed += taken ? 1 : 0;
        }
    }

    /** When an instance beat last, in milliseconds since 1970; 0 if this leader has not heard it. */
    long lastBeatMillis(InstanceKey key, long incarnation) {
        synchronized (lock) {
            Lease lease = table.find(key);
            return lease != null && lease.incarnation == incarnation && lease.beaten
                    ? marks.lastBeatMillis(lease, clock.nanos())
                    : 0;
        }
    }

    long removed() {
        return removed;
    }

    /** Whether it is over: then a beat must not be taken, since the next term does not know of it. */
    boolean hasEnded() {
        return ended;
    }

    void end() {
        synchronized (lock) {
            ended = true;
        }
        verdicts.end();
        checks.end();
    }
}
