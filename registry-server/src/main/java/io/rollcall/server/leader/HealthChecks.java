package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.CheckCounts;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.LeaseSettings;
import io.rollcall.server.probe.HealthProbe;
import io.rollcall.server.probe.ProbeResult;
import io.rollcall.statemachine.command.Verdict;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The health checks of one member: what they come to goes into the log, unless so many fail at once that the leader rather
 * doubts its own network. Thread-safe.
 */
final class HealthChecks implements CheckDuty, Transitions {

    private final HealthMonitor monitor;
    private final CheckHolds holds;
    private final LongAdder criticals = new LongAdder();

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
        if (instance.registration().healthCheck() == null) {
            forget(instance.key());
            return;
        }
        monitor.watch(instance.key(), instance.incarnation(), instance.registration(), instance.check());
        // A lease takes its flag back by a beat; what has none was flagged by a check, maybe by an earlier leader's.
        if (instance.suspect() && instance.registration().ttl().isZero()) {
            synchronized (this) {
                held.put(instance.key(), instance.incarnation());
            }
        }
    }

    @Override
    public void forget(InstanceKey key) {
        monitor.forget(key);
        synchronized (this) {
            held.remove(key);
        }
    }

    @Override
    public void sweep() {
        monitor.tick();
        List<Map.Entry<InstanceKey, Long>> well;
        synchronized (this) {
            holds.review();
            well = held.entrySet().stream()
                    .filter(entry -> monitor.isWell(entry.getKey()))
                    .map(Map.Entry::copyOf)
                    .toList();
            well.forEach(entry -> held.remove(entry.getKey()));
        }
        well.forEach(entry -> submit(new Verdict.Suspected(entry.getKey(), entry.getValue(), false), null));
    }

    @Override
    public void turned(InstanceKey key, long incarnation, CheckState state, ProbeResult last) {
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
            submit(new Verdict.Suspected(key, incarnation, true), last.traceParent());
        } else {
            submit(new Verdict.CheckTurned(key, incarnation, state, last.reason()), last.traceParent());
        }
    }

    private void submit(Verdict verdict, @Nullable String traceParent) {
        VerdictLog log;
        synchronized (this) {
            log = verdicts;
        }
        if (log != null) {
            var unused = log.submit(verdict, traceParent).handle((taken, lost) -> {
                if (verdict instanceof Verdict.Suspected flag && lost != null) {
                    again(flag);
                } else if (verdict instanceof Verdict.CheckTurned turned) {
                    turned(turned, Boolean.TRUE.equals(taken));
                }
                return taken;
            });
        }
    }

    private void turned(Verdict.CheckTurned verdict, boolean isTaken) {
        if (!isTaken) {
            monitor.failed(verdict.key(), verdict.incarnation());
        } else if (verdict.state() == CheckState.CRITICAL) {
            criticals.increment();
        }
    }

    /** A flag that is not known to be set is set by the next check that fails; one to be taken back, by the next sweep. */
    private synchronized void again(Verdict.Suspected flag) {
        if (flag.suspect()) {
            held.remove(flag.key(), flag.incarnation());
        } else {
            held.putIfAbsent(flag.key(), flag.incarnation());
        }
    }

    @Override
    public CheckCounts.@Nullable Counted counted(InstanceKey key, long incarnation) {
        return monitor.counted(key, incarnation);
    }

    @Override
    public synchronized Report report(boolean release) {
        if (release) {
            holds.release();
        }
        return new Report(monitor.watched(), monitor.failing(), held.size(), holds.inForce(), criticals.sum());
    }
}
