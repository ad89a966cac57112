package io.rollcall.server.leader;

import io.rollcall.server.leader.CheckedInstance.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose check may start when. What finds no permit waits and is late rather than left out; each instance has one place
 * at most, so that nothing here grows beyond the number of instances. Guarded by the lock of the {@link HealthMonitor}.
 */
final class CheckQueue {

    private static final class Target {
        int permits;
        final Set<CheckedInstance> waiting = new LinkedHashSet<>();
    }

    private final int runningMax;
    private final int runningPerTargetMax;
    private final TreeSet<CheckedInstance> later =
            new TreeSet<>(Comparator.comparingLong((CheckedInstance instance) -> instance.dueNanos)
                    .thenComparingLong(instance -> instance.number));
    private final Set<CheckedInstance> ready = new LinkedHashSet<>();
    private final Map<String, Target> targets = new HashMap<>();
    private int running;

    CheckQueue(int runningMax, int runningPerTargetMax) {
        this.runningMax = runningMax;
        this.runningPerTargetMax = runningPerTargetMax;
    }

    /** Adds an instance that is away. */
    void add(CheckedInstance instance, long dueNanos) {
        instance.dueNanos = dueNanos;
        instance.place = Place.DUE_LATER;
        later.add(instance);
    }

    /** Takes an instance out, wherever it waits; a check under way keeps its permits until it ends. */
    void remove(CheckedInstance instance) {
        switch (instance.place) {
            case DUE_LATER -> later.remove(instance);
            case READY -> ready.remove(instance);
            case AT_TARGET -> targetOf(instance).waiting.remove(instance);
            case AWAY, RUNNING -> {
                return;
            }
        }
        instance.place = Place.AWAY;
        releaseTarget(instance);
    }

    /** The checks that may start now, in the order in which they were due; they count as running. */
    List<CheckedInstance> start(long nowNanos) {
        while (!later.isEmpty() && later.first().dueNanos <= nowNanos) {
            CheckedInstance due = later.pollFirst();
            due.place = Place.READY;
            ready.add(due);
        }
        List<CheckedInstance> started = new ArrayList<>();
        Iterator<CheckedInstance> first = ready.iterator();
        while (running < runningMax && first.hasNext()) {
            CheckedInstance instance = first.next();
            first.remove();
            if (acquireTarget(instance)) {
                running++;
                instance.place = Place.RUNNING;
                instance.startedNanos = nowNanos;
                started.add(instance);
            }
        }
        return started;
    }

    /** The check of an instance has ended; it is away now. */
    void end(CheckedInstance instance) {
        running--;
        instance.place = Place.AWAY;
        releaseTarget(instance);
    }

    private boolean acquireTarget(CheckedInstance instance) {
        Target target = targetOf(instance);
        if (instance.hasTargetPermit) {
            return true;
        }
        if (target.permits == runningPerTargetMax) {
            instance.place = Place.AT_TARGET;
            target.waiting.add(instance);
            return false;
        }
        target.permits++;
        instance.hasTargetPermit = true;
        return true;
    }

    /** Hands the permit to who waits longest, so that nobody who comes later can take it. */
    private void releaseTarget(CheckedInstance instance) {
        Target target = targetOf(instance);
        if (instance.hasTargetPermit) {
            instance.hasTargetPermit = false;
            Iterator<CheckedInstance> next = target.waiting.iterator();
            if (next.hasNext()) {
                CheckedInstance heir = next.next();
                next.remove();
                heir.hasTargetPermit = true;
                heir.place = Place.READY;
                ready.add(heir);
            } else {
                target.permits--;
            }
        }
        if (target.permits == 0 && target.waiting.isEmpty()) {
            targets.remove(instance.target);
        }
    }

    private Target targetOf(CheckedInstance instance) {
        return targets.computeIfAbsent(instance.target, unknown -> new Target());
    }
}
