package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.LeaseSettings;
import io.rollcall.server.probe.HealthProbe;
import io.rollcall.statemachine.command.Verdict;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The health checks of one member: what they come to goes into the log, unless so many fail at once that the leader rather
 * doubts its own network. Thread-safe.
 */
final class HealthChecks implements CheckDuty, Transitions {

    private final HealthMonitor monitor;
    private final CheckHolds holds;

    // Guarded by this.
    private final Map<InstanceKey, Long> held = new HashMap<>();
    private @Nullable VerdictLog verdicts;

    HealthChecks(
            HealthProbe probe,
            CheckSettings checks,
            LeaseSettings leases,
            LongSupplier monotonicNanos,
            InstantSource wallClock) {
        monitor = new HealthMonitor(probe, this, checks, monotonicNanos, new Random());
        holds = new CheckHolds(leases, monitor, monotonicNanos, wallClock);
    }

    @Override
    public void begin(VerdictLog log) {
        synchronized (this) {
            verdicts = log;
            held.clear();
            holds.clear();
        }
        monitor.begin();
    }

    @Override
    public void end() {
        synchronized (this) {
            verdicts = null;
        }
        monitor.end();
    }

    @Override
    public void note(Instance instance) {
        if (instance.registration().healthCheck() != null) {
            monitor.watch(instance.key(), instance.incarnation(), instance.registration(), instance.check());
        } else {
            monitor.forget(instance.key());
        }
    }

    @Override
    public void forget(InstanceKey key) {
        monitor.forget(key);
    }

    @Override
    public void sweep() {
        monitor.tick();
        List<Map.Entry<InstanceKey, Long>> well;
        synchronized (this) {
            holds.review();
            well = held.entrySet().stream()
                    .filter(entry -> !monitor.isFailing(entry.getKey()))
                    .map(Map.Entry::copyOf)
                    .toList();
            well.forEach(entry -> held.remove(entry.getKey()));
        }
        well.forEach(entry -> submit(new Verdict.Suspected(entry.getKey(), entry.getValue(), false)));
    }

    @Override
    public void turned(InstanceKey key, long incarnation, CheckState state, String reason) {
        boolean isHeld;
        synchronized (this) {
            isHeld = state == CheckState.CRITICAL && holds.holdsBack(key.service());
            if (isHeld && held.put(key, incarnation) != null) {
                // Flagged already. The next check that fails asks again.
                monitor.failed(key, incarnation);
                return;
            }
            if (!isHeld) {
                held.remove(key);
            }
        }
        if (isHeld) {
            monitor.failed(key, incarnation);
            submit(new Verdict.Suspected(key, incarnation, true));
        } else {
            submit(new Verdict.CheckTurned(key, incarnation, state, reason));
        }
    }

    private void submit(Verdict verdict) {
        VerdictLog log;
        synchronized (this) {
            log = verdicts;
        }
        if (log != null) {
            var unused = log.submit(verdict).exceptionally(lost -> false).thenAccept(taken -> {
                if (!taken && verdict instanceof Verdict.CheckTurned) {
                    monitor.failed(verdict.key(), verdict.incarnation());
                }
            });
        }
    }

    @Override
    public synchronized Report report(boolean release) {
        if (release) {
            holds.release();
        }
        return new Report(monitor.watched(), monitor.failing(), held.size(), holds.inForce());
    }
}
