package io.rollcall.server.leader;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.statemachine.command.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The instances that are critical, and when each of them has been so for long enough to be removed. A new leader counts
 * from its own beginning. Guarded by the lock of {@link LeaderTerm}; times are those of {@link LeaseClock}.
 */
final class Removals {

    /** A removal that had to wait, or of which nothing was heard, is tried again after so long. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private record Critical(long incarnation, long modifyIndex, long atNanos) {}

    private record Timer(InstanceKey key, long atNanos) {}

    private final Map<InstanceKey, Critical> critical = new HashMap<>();
    // A timer whose time is not that of its instance any more is passed over.
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));

    /** Notes an instance as it is now. */
    void note(Instance instance, long nowNanos) {
        Duration patience = instance.registration().deregisterAfter();
        if (instance.status() != InstanceStatus.CRITICAL || patience.isZero()) {
            critical.remove(instance.key());
            return;
        }
        Critical known = critical.get(instance.key());
        if (known != null && known.incarnation == instance.incarnation()) {
            critical.put(instance.key(), new Critical(instance.incarnation(), instance.modifyIndex(), known.atNanos));
        } else {
            long at = nowNanos + patience.toNanos();
            critical.put(instance.key(), new Critical(instance.incarnation(), instance.modifyIndex(), at));
            timers.add(new Timer(instance.key(), at));
        }
    }

    void forget(InstanceKey key) {
        critical.remove(key);
    }

    /**
     * Takes out removals that are due.
     *
     * @param nowNanos now
     * @param rate lets so many go
     * @param held tells of which instance the removal has to wait
     * @return to be judged by the rules
     */
    List<Verdict.Overdue> due(long nowNanos, RateLimit rate, Predicate<InstanceKey> held) {
        List<Verdict.Overdue> due = new ArrayList<>();
        for (Timer next = timers.peek(); next != null && next.atNanos <= nowNanos; next = timers.peek()) {
            Critical present = critical.get(next.key);
            boolean isOver = present == null || present.atNanos != next.atNanos;
            boolean isHeld = !isOver && held.test(next.key);
            if (!isOver && !isHeld && rate.take(1, nowNanos) == 0) {
                break;
            }
            timers.remove();
            if (present != null && !isOver) {
                again(next.key, present, nowNanos + RETRY_NANOS);
                if (!isHeld) {
                    due.add(new Verdict.Overdue(next.key, present.incarnation, present.modifyIndex));
                }
            }
        }
        return due;
    }

    private void again(InstanceKey key, Critical present, long atNanos) {
        critical.put(key, new Critical(present.incarnation, present.modifyIndex, atNanos));
        timers.add(new Timer(key, atNanos));
    }

    /** How many instances will be removed if nothing changes. */
    int size() {
        return critical.size();
    }
}
