package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one service, spread over its instances, away from those that fail, and made again elsewhere where that helps.
 *
 * <pre>{@code
 * BalancedCalls orders = BalancedCalls.over(instances).balancer(LoadBalancer.leastLoaded()).build();
 * String order = orders.call(CallOptions.idempotent(), instance -> fetch(instance, "/orders/7"));
 * }</pre>
 *
 * <p>When the list changes, one caller computes what follows from it, while the others go on with the one before. There
 * is no thread and nothing to close.
 *
 * <p>Thread-safe. Made once for a service and kept: it knows what is in flight and what has failed.
 */
public final class BalancedCalls {

    // A large list is not computed anew for each of many ejections: they wait so long, for each instance of the list.
    private static final long SETTLE_NANOS = 5_000;
    private static final int SETTLE_ABOVE = 100;

    private final Supplier<List<Instance>> source;
    private final Ejection ejection;
    private final Retries retries;
    private final RetryBudget budget;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    // The next two belong to who holds the lock.
    private final Fleet fleet;
    private final Ejector ejector;
    private volatile Roster roster = Roster.none();

    BalancedCalls(BalancedCallsBuilder settings) {
        this.source = settings.source;
        this.ejection = settings.ejection;
        this.retries = settings.retries;
        this.time = settings.time;
        this.budget = new RetryBudget(time, retries);
        this.ejector = new Ejector(ejection);
        this.fleet = new Fleet(settings.balancer, settings.slowStart, settings.doubt, ejector, new Ages(time));
    }

    /**
     * Begins to set up calls.
     *
     * @param instances gives what is known now, each instance once; asked before each call, so it must be quick; an
     *     immutable list, the same object while nothing has changed
     * @return a builder
     */
    public static BalancedCallsBuilder over(Supplier<List<Instance>> instances) {
        return new BalancedCallsBuilder(instances);
    }

    /**
     * Chooses an instance for a call that the caller makes alone: nothing in flight is counted, and nobody hears how it
     * ends.
     *
     * @return the instance
     * @throws NoInstanceException if there is none
     */
    public Instance pick() {
        return pick(PickContext.none());
    }

    /**
     * Chooses an instance for a call that the caller makes alone.
     *
     * @param context what is known of the call
     * @return the instance
     * @throws NoInstanceException if there is none that the context does not exclude
     */
    public Instance pick(PickContext context) {
        return chosen(context).instance();
    }

    /**
     * Begins a call that the caller ends.
     *
     * @param context what is known of the call
     * @return the call, to be ended in any case
     * @throws NoInstanceException if there is no instance that the context does not exclude
     */
    public Lease lease(PickContext context) {
        return new Lease(this, chosen(context), time.nanos());
    }

    /**
     * Makes a call that must not be made twice; see {@link #call(CallOptions, InstanceCall)}.
     *
     * @param call the call
     * @param <T> its answer
     * @param <E> what it throws
     * @return the answer
     * @throws E what the call threw
     * @throws NoInstanceException if there is no instance to call
     */
    public <T, E extends Exception> T call(InstanceCall<T, E> call) throws E {
        return call(CallOptions.once(), call);
    }

    /**
     * Makes a call, and again at other instances while it fails, {@link Retries} allow it and others are there.
     *
     * @param options what the caller says of the call
     * @param call the call; runs on this thread, each time with another instance
     * @param <T> its answer
     * @param <E> what it throws
     * @return the answer
     * @throws E what the call threw at last; what it threw before is suppressed in it
     * @throws NoInstanceException if there is no instance to call
     */
    public <T, E extends Exception> T call(CallOptions options, InstanceCall<T, E> call) throws E {
        budget.called();
        PickContext context = options.context();
        Lease lease = lease(context);
        List<Exception> earlier = new ArrayList<>(0);
        while (true) {
            try {
                return attempt(lease, call);
            } catch (Exception e) {
                context = context.excluding(lease.endpoint());
                Lease next = another(options, context, Failures.bare(e));
                if (next == null) {
                    suppress(earlier, e);
                    throw e;
                }
                earlier.add(e);
                lease = next;
            }
        }
    }

    /**
     * Makes a call that does not block; see {@link #call(CallOptions, InstanceCall)}.
     *
     * @param options what the caller says of the call
     * @param call begins the call; the first time on this thread, then on the one that completed the attempt before
     * @param <T> its answer
     * @return completed as the last attempt was, or with {@link NoInstanceException}; to cancel it cancels the attempt in
     *     flight
     */
    public <T> CompletableFuture<T> callAsync(
            CallOptions options, Function<Instance, ? extends CompletionStage<T>> call) {
        budget.called();
        Roster now = current();
        Endpoint endpoint = now.pick(options.context());
        if (endpoint == null) {
            return CompletableFuture.failedFuture(noInstance(now));
        }
        AsyncCall<T> attempts = new AsyncCall<>(this, options, call);
        attempts.begin(new Lease(this, endpoint, time.nanos()));
        return attempts.answer();
    }

    /**
     * Shows how this process stands to each instance of the list.
     *
     * @return immutable, in the order of the list
     */
    public List<EndpointState> endpoints() {
        return endpoints(current());
    }

    private List<EndpointState> endpoints(Roster now) {
        Map<Track, Endpoint> inService = new HashMap<>();
        for (int i = 0; i < now.candidates().size(); i++) {
            Endpoint endpoint = now.candidates().endpoint(i);
            inService.put(endpoint.track(), endpoint);
        }
        lock.lock();
        try {
            long nowNanos = time.nanos();
            return now.seats().stream()
                    .map(seat -> EndpointState.of(seat, inService.get(seat.track()), nowNanos))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The lease of one more attempt; null if there is to be none. */
    @Nullable
    Lease another(CallOptions options, PickContext context, Throwable failure) {
        if (context.triedCount() >= retries.maxAttempts() || !retries.allows(failure, options.isIdempotent())) {
            return null;
        }
        Endpoint endpoint = current().pick(context);
        // The budget last: what it gives is used.
        return endpoint == null || !budget.take() ? null : new Lease(this, endpoint, time.nanos());
    }

    void succeeded(Track track, long begunNanos) {
        if (!track.isNews(begunNanos)) {
            return;
        }
        if (!track.isEjected()) {
            track.succeeded();
            return;
        }
        lock.lock();
        try {
            long now = time.nanos();
            if (ejector.restore(track, now)) {
                roster.endBy(now);
            }
        } finally {
            lock.unlock();
        }
    }

    void failed(Track track, long begunNanos, Throwable failure) {
        if (!ejection.countsAsFailure().test(failure)
                || !track.isNews(begunNanos)
                || track.failed() < ejection.failures()
                || track.isEjected()) {
            return;
        }
        lock.lock();
        try {
            long now = time.nanos();
            if (ejector.eject(track, now)) {
                int size = roster.seats().size();
                roster.endBy(now + (size > SETTLE_ABOVE ? size * SETTLE_NANOS : 0));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds what was thrown before to what is thrown in the end. */
    static void suppress(List<? extends Throwable> earlier, Throwable last) {
        for (Throwable one : earlier) {
            if (one != last) {
                last.addSuppressed(one);
            }
        }
    }

    private static <T, E extends Exception> T attempt(Lease lease, InstanceCall<T, E> call) throws E {
        try {
            T answer = call.to(lease.instance());
            lease.succeeded();
            return answer;
        } catch (Exception e) {
            lease.failed(e);
            throw e;
        } finally {
            lease.close();
        }
    }

    private Endpoint chosen(PickContext context) {
        Roster now = current();
        Endpoint endpoint = now.pick(context);
        if (endpoint == null) {
            throw noInstance(now);
        }
        return endpoint;
    }

    private Roster current() {
        Roster held = roster;
        return held.holds(source.get(), time) ? held : renewed(held);
    }

    private Roster renewed(Roster held) {
        if (held.isEmpty()) {
            lock.lock();
        } else if (!lock.tryLock()) {
            // Another caller is at it.
            return held;
        }
        try {
            // Asked again: while we waited a newer list may have come, and must not be undone.
            List<Instance> list = source.get();
            if (!roster.holds(list, time)) {
                roster = fleet.roster(list, roster, time.nanos());
            }
            return roster;
        } finally {
            lock.unlock();
        }
    }

    /** Of the roster that had none: the list may be another one by now. */
    private NoInstanceException noInstance(Roster now) {
        Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
        endpoints(now).forEach(state -> standings.merge(state.standing(), 1, Integer::sum));
        return new NoInstanceException(Collections.unmodifiableMap(standings));
    }
}
