package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.CheckCounts;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.leader.CheckedInstance.Place;
import io.rollcall.server.probe.HealthProbe;
import io.rollcall.server.probe.ProbeResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When the leader checks instances, and what the checks come to. All of it is soft state: a new leader begins anew.
 *
 * <p>One lock guards it; probes are made and transitions reported outside of it. All methods can be called by any
 * thread.
 */
public final class HealthMonitor {

    /** How often {@link #tick} is to be called. A check starts so much later than it is due at most. */
    public static final Duration TICK = Duration.ofMillis(50);

    /** Up to so many instances are all checked within a second of their arrival. */
    private static final int FEW = 100;

    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();

    private static final class Count {
        int watched;
        int failing;
    }

    private final HealthProbe probe;
    private final Transitions transitions;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final long originNanos;

    private final Map<InstanceKey, CheckedInstance> instances = new HashMap<>();
    private final Map<ServiceKey, Count> services = new HashMap<>();
    private final Count all = new Count();
    private final CheckQueue queue;
    private final AtomicInteger pumps = new AtomicInteger();
    private boolean leading;
    private long arrivals;

    /**
     * A monitor that does not lead yet.
     *
     * @param probe how one check is made
     * @param transitions takes what checks have come to, on any thread
     * @param settings how many checks at once
     * @param nanos a monotonic clock, such as {@link System#nanoTime}
     * @param random spreads first checks
     */
    public HealthMonitor(
            HealthProbe probe,
            Transitions transitions,
            CheckSettings settings,
            LongSupplier nanos,
            RandomGenerator random) {
        this.probe = probe;
        this.transitions = transitions;
        this.nanos = nanos;
        this.random = random;
        this.originNanos = nanos.getAsLong();
        this.queue = new CheckQueue(settings.maxConcurrent(), settings.maxConcurrentPerTarget());
    }

    /** This member leads from now on; it is to be told of every instance by {@link #watch}. */
    public synchronized void begin() {
        forgetAll();
        leading = true;
    }

    /** This member leads no more. What checks under way find is dropped. */
    public synchronized void end() {
        leading = false;
        forgetAll();
    }

    private void forgetAll() {
        List.copyOf(instances.keySet()).forEach(this::forget);
    }

    /**
     * Checks an instance from now on, or notes what the log says of it. To be called for each instance when the member
     * begins to lead, and after each change of an instance.
     *
     * @param key the instance
     * @param incarnation a new one begins at nothing
     * @param registration of that incarnation; without a health check the instance is forgotten
     * @param known what its checks have come to by the log; null: nothing yet
     */
    public synchronized void watch(
            InstanceKey key, long incarnation, Registration registration, @Nullable CheckState known) {
        CheckedInstance present = instances.get(key);
        if (present != null && present.incarnation == incarnation && present.registration.equals(registration)) {
            present.tally.know(known);
            return;
        }
        forget(key);
        if (!leading || registration.healthCheck() == null) {
            return;
        }
        CheckedInstance fresh = new CheckedInstance(incarnation, registration, known, arrivals++);
        instances.put(key, fresh);
        all.watched++;
        services.computeIfAbsent(key.service(), unknown -> new Count()).watched++;
        schedule(fresh, present);
    }

    /** At a random moment first, so that those that came together are not checked together for ever. */
    private void schedule(CheckedInstance fresh, @Nullable CheckedInstance earlier) {
        long intervalNanos = fresh.check.interval().toNanos();
        long spreadNanos = instances.size() <= FEW ? Math.min(intervalNanos, SOON_NANOS) : intervalNanos;
        fresh.dueNanos = now() + random.nextLong(spreadNanos);
        if (earlier != null && earlier.startedNanos != CheckedInstance.NEVER) {
            // Who registers over and over must not be checked each time.
            fresh.startedNanos = earlier.startedNanos;
            fresh.dueNanos = Math.max(fresh.dueNanos, earlier.startedNanos + intervalNanos);
        }
        if (earlier == null || earlier.place != Place.RUNNING) {
            queue.add(fresh, fresh.dueNanos);
        }
    }

    /**
     * Checks an instance no more.
     *
     * @param key an instance, or one that is not checked
     */
    public synchronized void forget(InstanceKey key) {
        CheckedInstance gone = instances.remove(key);
        if (gone == null) {
            return;
        }
        queue.remove(gone);
        Count service = count(key.service());
        int failing = gone.tally.isFailing() ? 1 : 0;
        all.watched--;
        all.failing -= failing;
        service.watched--;
        service.failing -= failing;
        if (service.watched == 0) {
            services.remove(key.service());
        }
    }

    /**
     * A reported transition was held back or did not come into the log. It is reported again by the next check that
     * says so.
     *
     * @param key the instance
     * @param incarnation the one it was reported for
     */
    public synchronized void failed(InstanceKey key, long incarnation) {
        CheckedInstance present = instances.get(key);
        if (present != null && present.incarnation == incarnation) {
            present.tally.fail();
        }
    }

    /** Starts what is due; never blocks. */
    public void tick() {
        pump();
    }

    /** Checks that end at once start others: a loop, since a call within a call could go as deep as there are instances. */
    private void pump() {
        if (pumps.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            startable().forEach(this::start);
            seen = pumps.addAndGet(-seen);
        } while (seen > 0);
    }

    private synchronized List<CheckedInstance> startable() {
        return queue.start(now());
    }

    private void start(CheckedInstance instance) {
        CompletableFuture<ProbeResult> asked = probe.probe(instance.registration);
        var unused = asked.thenAccept(result -> ended(instance, result));
    }

    private void ended(CheckedInstance instance, ProbeResult result) {
        CheckState turned;
        synchronized (this) {
            queue.end(instance);
            turned = isPresent(instance) ? count(instance, result) : null;
        }
        try {
            if (turned != null) {
                transitions.turned(instance.key, instance.incarnation, turned, result);
            }
        } finally {
            // Only now, so that transitions of one instance are reported one after the other.
            again(instance);
            pump();
        }
    }

    private synchronized void again(CheckedInstance instance) {
        CheckedInstance next = instances.get(instance.key);
        if (next == instance) {
            queue.add(next, next.startedNanos + next.check.interval().toNanos());
        } else if (next != null && next.place == Place.AWAY) {
            // A new incarnation that waited for this check to end.
            queue.add(next, next.dueNanos);
        }
    }

    private boolean isPresent(CheckedInstance instance) {
        return instances.get(instance.key) == instance;
    }

    private @Nullable CheckState count(CheckedInstance instance, ProbeResult result) {
        boolean failedBefore = instance.tally.isFailing();
        CheckState turned = instance.tally.count(result.outcome(), instance.check);
        int change = (instance.tally.isFailing() ? 1 : 0) - (failedBefore ? 1 : 0);
        all.failing += change;
        count(instance.key.service()).failing += change;
        return turned;
    }

    private Count count(ServiceKey service) {
        return services.getOrDefault(service, new Count());
    }

    /**
     * Tells whether the last check of an instance was good, by this leader's own observation.
     *
     * @param key any
     * @return false before its first check ended, and if it is not checked
     */
    public synchronized boolean isWell(InstanceKey key) {
        CheckedInstance present = instances.get(key);
        return present != null && present.tally.isWell();
    }

    /**
     * Tells what was counted of one incarnation of an instance.
     *
     * @param key any
     * @param incarnation of it
     * @return null if it is not checked
     */
    synchronized CheckCounts.@Nullable Counted counted(InstanceKey key, long incarnation) {
        CheckedInstance present = instances.get(key);
        return present == null || present.incarnation != incarnation ? null : present.tally.counted();
    }

    /**
     * Counts the instances of a service whose last check failed.
     *
     * @param service any
     * @return 0 to {@link #watched(ServiceKey)}
     */
    public synchronized int failing(ServiceKey service) {
        return count(service).failing;
    }

    /**
     * Counts the instances of a service that are checked.
     *
     * @param service any
     * @return 0 or more
     */
    public synchronized int watched(ServiceKey service) {
        return count(service).watched;
    }

    /**
     * Counts all instances whose last check failed.
     *
     * @return 0 to {@link #watched()}
     */
    public synchronized int failing() {
        return all.failing;
    }

    /**
     * Counts all instances that are checked.
     *
     * @return 0 or more
     */
    public synchronized int watched() {
        return all.watched;
    }

    private long now() {
        return nanos.getAsLong() - originNanos;
    }
}
