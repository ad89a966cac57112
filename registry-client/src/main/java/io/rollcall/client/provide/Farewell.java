package io.rollcall.client.provide;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Selection;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.DrainReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The end of instances: out of traffic, until those who watch their services know it, then out of the registry. Many at a
 * time, and within one deadline, after which the rest is left to their leases. Thread-safe.
 */
final class Farewell {

    /** What the registry shows of an instance that drains; by it the next process of the id knows what was left behind. */
    static final String REASON = "its provider is closing";

    private static final int MAX_CONCURRENT = 16;
    /** Instances of one service that are deregistered each with a request of its own. */
    private static final int FEW = 16;

    /** Instances of one request: their incarnations, up to 19 digits each, have to fit into a filter. */
    private static final int MANY = 200;

    /** Instances of one service that are drained. */
    private static final int MAX_DRAINED = 64;

    private static final int SERVER_ERROR = 500;
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final RegistryClient client;
    private final Duration drainWait;

    /**
     * Ends instances.
     *
     * @param drainWait for those who watch; zero: nothing is drained
     */
    Farewell(RegistryClient client, Duration drainWait) {
        this.client = client;
        this.drainWait = drainWait;
    }

    /** Returns when all have ended, one way or the other. */
    void run(Collection<KeptInstance> leaving, Duration timeout) {
        if (leaving.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(leaving.size(), MAX_CONCURRENT), Farewell::thread);
        try {
            leaving.forEach(KeptInstance::beginEnding);
            if (!drainWait.isZero()) {
                drain(threads, leaving, timeout.dividedBy(2));
            }
            threads.invokeAll(deregistrations(leaving, deadline), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
            leaving.forEach(instance -> instance.ended(false));
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rollcall-provider-close-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Whoever knows the last change of a service knows those before it, so that one wait for each service is enough. Of very
     * many nobody would have the time to drain each; those who watch learn as soon that they are gone.
     */
    private void drain(ExecutorService threads, Collection<KeptInstance> leaving, Duration most)
            throws InterruptedException {
        Map<ServiceKey, KeptInstance> last = new LinkedHashMap<>();
        List<Callable<Outcome<DrainReport>>> before = new ArrayList<>();
        for (List<KeptInstance> ofService : byService(leaving).values()) {
            for (KeptInstance instance : ofService.size() > MAX_DRAINED ? List.<KeptInstance>of() : ofService) {
                if (instance.beginDraining()) {
                    KeptInstance earlier = last.put(instance.key().service(), instance);
                    if (earlier != null) {
                        before.add(() -> drain(earlier, Duration.ZERO));
                    }
                }
            }
        }
        long deadline = System.nanoTime() + most.toNanos();
        threads.invokeAll(before, most.toNanos(), TimeUnit.NANOSECONDS);
        long left = Math.max(deadline - System.nanoTime(), 0);
        Duration wait = Duration.ofMillis(Math.min(drainWait.toMillis(), TimeUnit.NANOSECONDS.toMillis(left)));
        List<Callable<Outcome<DrainReport>>> waiting = new ArrayList<>();
        last.values().forEach(instance -> waiting.add(() -> drain(instance, wait)));
        threads.invokeAll(waiting, left, TimeUnit.NANOSECONDS);
    }

    Outcome<DrainReport> drain(KeptInstance instance, Duration wait) {
        return client.operations().drain(instance.key(), wait, REASON, WriteOptions.none());
    }

    private static Map<ServiceKey, List<KeptInstance>> byService(Collection<KeptInstance> leaving) {
        Map<ServiceKey, List<KeptInstance>> byService = new LinkedHashMap<>();
        for (KeptInstance instance : leaving) {
            byService
                    .computeIfAbsent(instance.key().service(), service -> new ArrayList<>())
                    .add(instance);
        }
        return byService;
    }

    private List<Callable<Boolean>> deregistrations(Collection<KeptInstance> leaving, long deadline) {
        List<Callable<Boolean>> all = new ArrayList<>();
        byService(leaving).forEach((service, instances) -> {
            if (instances.size() <= FEW) {
                instances.forEach(instance -> all.add(() -> deregister(instance, deadline)));
                return;
            }
            for (int i = 0; i < instances.size(); i += MANY) {
                List<KeptInstance> some = instances.subList(i, Math.min(i + MANY, instances.size()));
                all.add(() -> deregisterMany(service, some, deadline));
            }
        });
        return all;
    }

    /** An incarnation is the index of its registration, so that no other instance has it: nothing else goes. */
    private boolean deregisterMany(ServiceKey service, List<KeptInstance> instances, long deadline)
            throws InterruptedException {
        List<Long> incarnations = new ArrayList<>();
        for (KeptInstance instance : instances) {
            long incarnation = instance.awaitQuiet(deadline - System.nanoTime());
            if (incarnation > 0) {
                incarnations.add(incarnation);
            }
        }
        String list = incarnations.stream().map(String::valueOf).collect(Collectors.joining(","));
        Selection selection = Selection.any().withFilter("incarnation in (" + list + ")");
        boolean areAllGone = !incarnations.isEmpty()
                && client.deregisterAll(service, selection, true, WriteOptions.none())
                        instanceof Outcome.Done<Long> done
                && done.value() == instances.size();
        if (areAllGone) {
            instances.forEach(instance -> instance.ended(true));
            return true;
        }
        // One by one, each learns what has become of it.
        boolean isEachGone = true;
        for (KeptInstance instance : instances) {
            isEachGone &= deregister(instance, deadline);
        }
        return isEachGone;
    }

    /**
     * Takes one out of the registry, once no registration of it is under way.
     *
     * @param deadline by {@link System#nanoTime}, for beginning another attempt
     * @return true also if it was not there, or belongs to another process by now; false if it is left to its lease
     */
    boolean deregister(KeptInstance instance, long deadline) throws InterruptedException {
        long incarnation = instance.awaitQuiet(deadline - System.nanoTime());
        if (incarnation < 0) {
            return false;
        }
        boolean isGone = incarnation == 0;
        while (!isGone) {
            Outcome<Boolean> outcome =
                    client.deregister(instance.key(), WriteOptions.none().withIncarnation(incarnation));
            isGone = isGone(outcome);
            boolean isRefused = outcome instanceof Outcome.Refused<Boolean> refused
                    && refused.refusal().status() < SERVER_ERROR;
            if (!isGone && (isRefused || deadline - System.nanoTime() < RETRY.toNanos())) {
                return false;
            }
            if (!isGone) {
                TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
            }
        }
        instance.ended(true);
        return true;
    }

    private static boolean isGone(Outcome<Boolean> outcome) {
        return outcome instanceof Outcome.Done
                || (outcome instanceof Outcome.Refused<Boolean> refused
                        && (refused.refusal().is(ErrorCode.INSTANCE_NOT_FOUND)
                                || refused.refusal().is(ErrorCode.STALE_INCARNATION)));
    }
}
