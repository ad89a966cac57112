package io.rollcall.server.leader;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.leader.Lease.Phase;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leases that this leader counts down, by instance, and the counts by which the governor judges. Instances without a
 * lease are not in it. Guarded by the lock of {@link LeaderTerm}; times are those of {@link LeaseClock}.
 */
final class LeaseTable {

    private final Map<ServiceKey, ServiceLeases> services = new HashMap<>();
    private final TimingWheel wheel;
    private int running;
    private int late;
    private int held;

    LeaseTable(long nowNanos) {
        wheel = new TimingWheel(nowNanos);
    }

    @Nullable
    Lease find(InstanceKey key) {
        ServiceLeases service = services.get(key.service());
        return service == null ? null : service.byId.get(key.id().value());
    }

    /** Puts in a lease that begins now; one of an older incarnation goes. */
    Lease put(InstanceKey key, long incarnation, int ttlMillis, long nowNanos, long dueNanos) {
        remove(key);
        ServiceLeases service = services.computeIfAbsent(key.service(), ServiceLeases::new);
        Lease lease = new Lease(service, key.id().value(), incarnation, ttlMillis);
        lease.lastBeatNanos = nowNanos;
        lease.dueNanos = dueNanos;
        service.byId.put(lease.id, lease);
        count(lease, 1);
        wheel.add(lease, lease.lateAtNanos());
        return lease;
    }

    void remove(InstanceKey key) {
        Lease lease = find(key);
        if (lease != null) {
            turn(lease, Phase.GONE);
            lease.service.byId.remove(lease.id);
            if (lease.service.byId.isEmpty()) {
                services.remove(key.service());
            }
        }
    }

    /** A beat came: the lease runs anew, unless the log is about to say, or has said, that it lapsed. */
    void beat(Lease lease, long nowNanos) {
        lease.beat(nowNanos);
        if (lease.phase == Phase.LATE || lease.phase == Phase.HELD) {
            restart(lease);
        }
    }

    /** The lease runs again as its due time says. */
    void restart(Lease lease) {
        turn(lease, Phase.HEALTHY);
        wheel.add(lease, lease.lateAtNanos());
    }

    /** The lease stays late, and is looked at again at a time. */
    void postpone(Lease lease, long atNanos) {
        turn(lease, Phase.LATE);
        lease.dueNanos = Math.max(lease.dueNanos, atNanos);
        wheel.add(lease, lease.dueNanos);
    }

    /**
     * Looks at the leases whose time has come.
     *
     * @param nowNanos now
     * @param due takes those that are overdue; they are late, and not in the wheel any more
     * @param silent takes those that have become late or stay it, for a mark in the log
     * @param seen takes those that beat as usual
     */
    void advance(long nowNanos, List<Lease> due, List<Lease> silent, List<Lease> seen) {
        wheel.advance(nowNanos, lease -> {
            switch (lease.phase) {
                case HEALTHY -> {
                    if (nowNanos < lease.lateAtNanos()) {
                        wheel.add(lease, lease.lateAtNanos());
                        seen.add(lease);
                    } else {
                        turn(lease, Phase.LATE);
                        lookLate(lease, nowNanos, due, silent);
                    }
                }
                case LATE -> lookLate(lease, nowNanos, due, silent);
                case HELD, EXPIRING, LAPSED, GONE -> {
                    // Whoever turned it says when it is looked at again.
                }
            }
        });
    }

    private void lookLate(Lease lease, long nowNanos, List<Lease> due, List<Lease> silent) {
        if (nowNanos >= lease.dueNanos) {
            due.add(lease);
            return;
        }
        silent.add(lease);
        // A long silence is looked at on its way, too, so that its mark is never much too short.
        wheel.add(lease, Math.min(lease.dueNanos, nowNanos + Math.max(lease.ttlNanos() / 4, 1)));
    }

    void turn(Lease lease, Phase phase) {
        count(lease, -1);
        lease.phase = phase;
        count(lease, 1);
    }

    private void count(Lease lease, int one) {
        boolean isLate = lease.phase == Phase.LATE || lease.phase == Phase.HELD || lease.phase == Phase.EXPIRING;
        if (isLate || lease.phase == Phase.HEALTHY) {
            running += one;
            lease.service.running += one;
        }
        if (isLate) {
            late += one;
            lease.service.late += one;
        }
        if (lease.phase == Phase.HELD) {
            held += one;
            lease.service.held += one;
        }
    }

    Collection<ServiceLeases> services() {
        return services.values();
    }

    /** Leases that have not lapsed. */
    int running() {
        return running;
    }

    /** Those among them that have missed a beat. */
    int late() {
        return late;
    }

    /** Those among them that are held back. */
    int held() {
        return held;
    }
}
