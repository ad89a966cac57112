package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.LeaseHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Simulated providers: they register instances and let them beat at a third of their TTL, through nodes drawn at random, some
 * alone and most in the batches of a process. A beat that fails is tried again at another node. Instances fall silent and
 * resume as they are told. One thread and asynchronous requests do all of it. Driven by one thread.
 */
public final class Fleet implements AutoCloseable {

    /** A share of the TTL: a node that stands still must leave time to ask another one, twice. */
    private static final int ATTEMPTS_IN_TTL = 5;

    private static final Duration ATTEMPT_MIN = Duration.ofMillis(300);
    private static final Duration ENROL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ENROL_LIMIT = Duration.ofMinutes(2);

    private final Plan plan;
    private final List<Provider> providers = new ArrayList<>();
    private final Map<InstanceRef, Member> members = new LinkedHashMap<>();
    private final LeaseHistory history;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "fleet");
        created.setDaemon(true);
        return created;
    });
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * What a fleet consists of.
     *
     * @param name its services begin with; unique within a cluster
     * @param services how many
     * @param instances how many in all, spread evenly over the services
     * @param perProvider how many beat together
     * @param solos how many of all beat alone, each by the route of one instance
     * @param ttl of their leases; zero for none
     * @param deregisterAfter until they are removed; zero for never
     * @param check of each of them; empty for none
     */
    public record Plan(
            String name,
            int services,
            int instances,
            int perProvider,
            int solos,
            Duration ttl,
            Duration deregisterAfter,
            Optional<Check> check) {

        /**
         * Instances with a lease and no check, that are never removed.
         *
         * @param name its services begin with
         * @param services how many
         * @param instances how many in all
         * @param ttl of their leases
         * @return 25 beat together, and 1 of 25 alone
         */
        public static Plan leased(String name, int services, int instances, Duration ttl) {
            return new Plan(name, services, instances, 25, instances / 25, ttl, Duration.ZERO, Optional.empty());
        }

        /**
         * The same with instances that are removed.
         *
         * @param after how long they are critical before that
         * @return a copy with it
         */
        public Plan deregisteredAfter(Duration after) {
            return new Plan(name, services, instances, perProvider, solos, ttl, after, check);
        }
    }

    /**
     * How each instance is checked.
     *
     * @param port of the target on the loopback
     * @param interval between probes
     * @param timeout of a probe
     * @param retries failures in a row before {@code critical}
     * @param successes in a row before {@code passing}
     */
    public record Check(int port, Duration interval, Duration timeout, int retries, int successes) {}

    /** What all providers share. */
    record Common(
            Plan plan,
            PlainClient beatHttp,
            PlainClient enrolHttp,
            Supplier<List<Door>> doors,
            LeaseHistory history,
            ScheduledExecutorService thread,
            Consumer<LeaseEvent.Beaten> listener,
            Consumer<Throwable> failed) {}

    /**
     * A fleet that is not registered yet.
     *
     * @param plan what it consists of
     * @param doors of the nodes, drawn from for each attempt; never empty
     * @param history takes what happens
     * @param random decides who asks whom
     * @param listener is told of each attempt, on the fleet's thread
     */
    public Fleet(
            Plan plan,
            Supplier<List<Door>> doors,
            LeaseHistory history,
            SplittableRandom random,
            Consumer<LeaseEvent.Beaten> listener) {
        this.plan = plan;
        this.history = history;
        Common common = new Common(
                plan,
                new PlainClient(attemptTimeout(plan)),
                new PlainClient(ENROL_TIMEOUT),
                doors,
                history,
                thread,
                listener,
                cause -> failure.compareAndSet(null, cause));
        List<Member> all = new ArrayList<>();
        for (int i = 0; i < plan.instances(); i++) {
            Member member = new Member(new InstanceRef(plan.name() + "-" + i % plan.services(), "i-" + i));
            all.add(member);
            members.put(member.ref(), member);
        }
        for (int from = 0; from < all.size(); ) {
            int size = from < plan.solos() ? 1 : Math.min(plan.perProvider(), all.size() - from);
            List<Member> together = all.subList(from, from + size);
            providers.add(new Provider(plan.name() + "-p" + from, together, common, random.split()));
            from += size;
        }
    }

    private static Duration attemptTimeout(Plan plan) {
        Duration share = plan.ttl().dividedBy(ATTEMPTS_IN_TTL);
        return share.compareTo(ATTEMPT_MIN) < 0 ? ATTEMPT_MIN : share;
    }

    /** Registers all, and lets them beat; returns when all are registered. */
    public void start() {
        List<CompletableFuture<Void>> enrolled = new ArrayList<>();
        for (Provider provider : providers) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            thread.execute(() -> provider.enrol(() -> done.complete(null)));
            enrolled.add(done);
        }
        CompletableFuture.allOf(enrolled.toArray(CompletableFuture[]::new))
                .orTimeout(ENROL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        requireSound();
    }

    /**
     * Returns all instances.
     *
     * @return in an order in which neighbours are of different services
     */
    public List<InstanceRef> instances() {
        return List.copyOf(members.keySet());
    }

    /**
     * Returns the instances that are not silent.
     *
     * @return in the same order
     */
    public List<InstanceRef> beating() {
        return members.values().stream()
                .filter(member -> !member.isSilent())
                .map(Member::ref)
                .toList();
    }

    /**
     * Lets instances fall silent: no attempt for them begins any more.
     *
     * @param which of them
     */
    public void silence(Collection<InstanceRef> which) {
        List<InstanceRef> all = List.copyOf(which);
        onThread(() -> {
            all.forEach(ref -> member(ref).setSilent(true));
            history.add(new LeaseEvent.Silenced(all, history.now()));
        });
    }

    /**
     * Lets silent instances beat again, at once.
     *
     * @param which of them
     */
    public void resume(Collection<InstanceRef> which) {
        List<InstanceRef> all = List.copyOf(which);
        onThread(() -> {
            history.add(new LeaseEvent.Resumed(all, history.now()));
            all.forEach(ref -> member(ref).setSilent(false));
            providers.forEach(Provider::wake);
        });
    }

    /**
     * Ends all beats, and waits for those that are under way.
     *
     * @throws IllegalStateException if the fleet itself went wrong
     */
    public void stop() {
        List<CompletableFuture<Void>> ended = new ArrayList<>();
        onThread(() -> providers.forEach(provider -> ended.add(provider.stop())));
        CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new))
                .orTimeout(ENROL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        requireSound();
    }

    private Member member(InstanceRef ref) {
        Member member = members.get(ref);
        if (member == null) {
            throw new IllegalArgumentException(ref + " is none of " + plan.name());
        }
        return member;
    }

    /** The time is taken on the thread that sends, so that no attempt for a silent instance can begin after it. */
    private void onThread(Runnable task) {
        CompletableFuture.runAsync(task, thread).join();
    }

    private void requireSound() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the fleet " + plan.name() + " failed", cause);
        }
    }

    /** Ends it for ever. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
