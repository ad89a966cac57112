package io.rollcall.client.provide;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.Outcome;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.provide.RegistrationEvent.Deregistered;
import io.rollcall.client.provide.RegistrationEvent.LeaseAtRisk;
import io.rollcall.client.provide.RegistrationEvent.LeaseLost;
import io.rollcall.client.provide.RegistrationEvent.LeaseRecovered;
import io.rollcall.client.provide.RegistrationEvent.Refused;
import io.rollcall.client.provide.RegistrationEvent.Registered;
import io.rollcall.client.provide.RegistrationEvent.Reregistered;
import io.rollcall.client.provide.RegistrationEvent.Superseded;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One instance that is kept registered: what is wanted of it, what the registry has acknowledged, and what has to be done.
 * It makes no calls. Thread-safe; nothing but {@link #awaitQuiet} waits.
 *
 * <p>While a registration of it is under way or its outcome is unknown, answers to beats say nothing: they may be about the
 * incarnation before, and what replaced that is most likely this registration.
 */
final class KeptInstance {

    private static final int FORBIDDEN = 403;

    /** What is to be registered; each wish has a higher revision than the one before. */
    record Wish(Registration registration, long revision) {}

    private final InstanceKey key;
    private final boolean takeover;
    private final boolean failsFast;
    private final Consumer<RegistrationEvent> told;
    private final CountedLease lease = new CountedLease();
    private final Awaited awaited = new Awaited();

    private RegistrationState state = RegistrationState.REGISTERING;
    private Wish wanted;
    private @Nullable Wish done;
    private @Nullable Instance instance;
    private @Nullable Outcome<Instance> lastFailure;
    private String lastRefusal = "";
    private boolean isWriting;
    private boolean isContradicted;
    private boolean isForgotten;
    private boolean isAlone;
    private boolean isDraining;
    private boolean isEnding;
    private int failures;
    private long writeDueNanos;

    /**
     * An instance that is to be registered at once.
     *
     * @param failsFast whether any refusal of the first registration is the end
     * @param told takes events at once, without waiting
     */
    KeptInstance(
            Registration registration,
            boolean takeover,
            boolean failsFast,
            long nowNanos,
            Consumer<RegistrationEvent> told) {
        this.key = registration.key();
        this.takeover = takeover;
        this.failsFast = failsFast;
        this.told = told;
        this.wanted = new Wish(registration, 1);
        this.writeDueNanos = nowNanos;
    }

    InstanceKey key() {
        return key;
    }

    boolean takeover() {
        return takeover;
    }

    synchronized RegistrationState state() {
        return state;
    }

    synchronized Registration registration() {
        return wanted.registration();
    }

    synchronized @Nullable Instance instance() {
        return instance;
    }

    synchronized @Nullable Duration silence(long now) {
        return instance == null ? null : lease.silence(now);
    }

    synchronized boolean isLive() {
        return !state.isFinal() && !isEnding;
    }

    // ---- wishes

    /** Completed when what is wanted now is registered, or with how that failed for good; see {@link #giveUp}. */
    synchronized CompletableFuture<Optional<Outcome<Instance>>> awaited() {
        return awaited.add(wanted.revision());
    }

    /** Wants something else from now on; completed as {@link #awaited}. */
    synchronized CompletableFuture<Optional<Outcome<Instance>>> want(UnaryOperator<Registration> change, long now) {
        if (!isLive()) {
            throw new IllegalStateException(key + " is " + state + ": register it again");
        }
        Registration next = change.apply(wanted.registration());
        if (!next.key().equals(key)) {
            throw new IllegalArgumentException("an update of " + key + " must keep its key, not have " + next.key());
        }
        wanted = new Wish(next, wanted.revision() + 1);
        writeDueNanos = now;
        return awaited();
    }

    /** How a registration that takes too long has failed so far; nobody waits for it any more. */
    synchronized Optional<Outcome<Instance>> giveUp(
            CompletableFuture<Optional<Outcome<Instance>>> failure, String why) {
        awaited.remove(failure);
        return failure.getNow(Optional.of(failureSoFar(why)));
    }

    private Outcome<Instance> failureSoFar(String why) {
        return lastFailure == null ? new Outcome.Unanswered<>("no answer " + why) : lastFailure;
    }

    // ---- registering

    /** Zero or less if it is to be registered now; the end of time if nothing is to be done. */
    synchronized long untilWrite(long now) {
        boolean isWanted = done == null || done.revision() < wanted.revision() || isForgotten;
        return isWanted && !isWriting && isLive() ? writeDueNanos - now : Long.MAX_VALUE;
    }

    /** Whether it goes without others, since a request with it was refused and it may be why. */
    synchronized boolean isAlone() {
        return isAlone;
    }

    /** Begins a registration, which ends by one of the methods below; null if there is nothing to be done any more. */
    synchronized @Nullable Wish beginWriting(long now) {
        if (untilWrite(now) > 0) {
            return null;
        }
        isWriting = true;
        return wanted;
    }

    /** Notes that the registration is still under way, or may be: its first lost answer is what counts. */
    synchronized void writeIsUnknown(Outcome<Instance> outcome) {
        lastFailure = lastFailure instanceof Outcome.Unknown ? lastFailure : outcome;
    }

    /** Ends a registration that was not done, to be tried again. */
    synchronized void writeFailed(Outcome<Instance> outcome, long dueNanos) {
        endWriting();
        lastFailure = outcome;
        writeDueNanos = dueNanos;
    }

    /** Ends a registration that was refused together with others. */
    synchronized void writeAlone(long dueNanos) {
        endWriting();
        isAlone = true;
        writeDueNanos = dueNanos;
    }

    /** How often in a row it was not registered, this time included. */
    synchronized int countFailure() {
        failures++;
        return failures;
    }

    /** Ends a registration that was done; false if it has ended meanwhile, so that nobody takes the instance out. */
    synchronized boolean written(Wish wish, Instance registered, long sentNanos, long now, double share) {
        endWriting();
        failures = 0;
        isAlone = false;
        lastRefusal = "";
        lastFailure = null;
        if (state.isFinal()) {
            return false;
        }
        boolean isFirst = instance == null;
        instance = registered;
        done = wish;
        isForgotten = false;
        lease.begin(registered.registration().ttl(), sentNanos, now, share);
        state = RegistrationState.REGISTERED;
        told.accept(isFirst ? new Registered(registered) : new Reregistered(registered));
        awaited.complete(wish.revision(), Optional.empty());
        return true;
    }

    /**
     * Ends a registration that the registry refused.
     *
     * @param isHopeless whether it would be refused again
     * @param dueNanos when to try again otherwise
     */
    synchronized void writeRefused(Wish wish, Refusal refusal, boolean isHopeless, long dueNanos) {
        endWriting();
        if (!isLive()) {
            return;
        }
        Wish before = done;
        boolean isUpdate = before != null && !isForgotten;
        if (before != null && isUpdate) {
            if (wish.revision() == wanted.revision()) {
                // It stays what it was, as a wish of its own: the refused one must not count as done.
                wanted = new Wish(before.registration(), wanted.revision() + 1);
                done = wanted;
            }
        } else if (isHopeless || (failsFast && before == null)) {
            state = RegistrationState.REFUSED;
        }
        writeDueNanos = dueNanos;
        if (!refusal.code().equals(lastRefusal) || isUpdate || state.isFinal()) {
            lastRefusal = refusal.code();
            told.accept(new Refused(key, refusal, state.isFinal()));
        }
        awaited.complete(wish.revision(), Optional.of(new Outcome.Refused<>(refusal)));
    }

    private void endWriting() {
        isWriting = false;
        isContradicted = false;
        notifyAll();
    }

    // ---- beating

    /** Zero or less if a beat is due; the end of time if none is needed. */
    synchronized long untilBeat(long now) {
        return mayBeat() ? lease.untilBeat(now) : Long.MAX_VALUE;
    }

    private boolean mayBeat() {
        return hasLease() && !isContradicted;
    }

    /** Also while it ends, so that it is there until it is deregistered. */
    private boolean hasLease() {
        return instance != null && !isForgotten && !state.isFinal();
    }

    /** The beat to be sent now, if one is sent at all; null if it is too early for one, or none is needed. */
    synchronized @Nullable Heartbeat ripeBeat(long now) {
        Instance present = instance;
        return present != null && mayBeat() && lease.isRipe(now) ? new Heartbeat(key, present.incarnation()) : null;
    }

    synchronized long ttlNanos() {
        return lease.ttlNanos();
    }

    /** Tells what the silence has come to; returns how long until it may have come to more. */
    synchronized long supervise(long now) {
        if (!hasLease()) {
            return Long.MAX_VALUE;
        }
        if (lease.isOver(now)) {
            lose(now, RegistrationState.LOST);
        } else if (lease.isAtRisk(now) && state == RegistrationState.REGISTERED) {
            state = RegistrationState.AT_RISK;
            told.accept(new LeaseAtRisk(key, lease.silence(now)));
        }
        return lease.untilWorse(now);
    }

    private void lose(long now, RegistrationState next) {
        if (state != RegistrationState.LOST) {
            told.accept(new LeaseLost(key, lease.silence(now)));
        }
        state = next;
    }

    synchronized void renewed(long incarnation, long sentNanos, double share) {
        Instance present = instance;
        if (present == null || !hasLease() || present.incarnation() != incarnation) {
            return;
        }
        lease.renew(present.registration().ttl(), sentNanos, share);
        lastRefusal = "";
        if (state == RegistrationState.AT_RISK || state == RegistrationState.LOST) {
            state = RegistrationState.REGISTERED;
            told.accept(new LeaseRecovered(key));
        }
    }

    /** The token may not beat for it. It goes on in its rhythm: tokens are changed while processes run. */
    synchronized void beatDenied(long incarnation, String code, long now, double share) {
        Instance present = instance;
        if (present == null || !hasLease() || present.incarnation() != incarnation) {
            return;
        }
        lease.postponeBeat(now, share);
        if (!lastRefusal.equals(code)) {
            lastRefusal = code;
            told.accept(new Refused(key, new Refusal(FORBIDDEN, code, "a heartbeat was refused", Map.of()), false));
        }
    }

    /** The registry does not know that incarnation; it is registered again when {@code dueNanos} has come. */
    synchronized void forgotten(long incarnation, long now, long dueNanos) {
        if (!isAbout(incarnation)) {
            return;
        }
        if (isDraining || isEnding) {
            // It was on its way out.
            ended(true);
            return;
        }
        lose(now, RegistrationState.REGISTERING);
        isForgotten = true;
        writeDueNanos = dueNanos;
    }

    /** Another incarnation is there. An older one comes from a registry that was restored, and is no other process. */
    synchronized void replaced(long incarnation, @Nullable Long present, long now, long dueNanos) {
        if (present != null && present < incarnation) {
            forgotten(incarnation, now, dueNanos);
        } else if (isAbout(incarnation)) {
            state = RegistrationState.SUPERSEDED;
            told.accept(new Superseded(key, present == null ? 0 : present));
            completeAll("before another process registered the id");
        }
    }

    /** Whether an answer that says that this incarnation is not there says something new. */
    private boolean isAbout(long incarnation) {
        boolean isCurrent = instance != null && hasLease() && instance.incarnation() == incarnation;
        // It is not asked again before it is known what became of the registration.
        isContradicted = isCurrent && isWriting;
        return isCurrent && !isWriting;
    }

    // ---- ending

    /** Whether there is something to take out of traffic; from then on it is not registered again when it is forgotten. */
    synchronized boolean beginDraining() {
        if (!hasLease()) {
            return false;
        }
        isDraining = true;
        return true;
    }

    synchronized boolean isDraining() {
        return isDraining;
    }

    /** Registers it no more; beats go on until {@link #ended}. */
    synchronized void beginEnding() {
        isEnding = true;
        completeAll("before it was deregistered");
    }

    /**
     * Waits until no registration of it is under way.
     *
     * @param timeoutNanos how long at most
     * @return the incarnation that is to be deregistered; 0 if there is none, less if that is not known in time
     */
    synchronized long awaitQuiet(long timeoutNanos) throws InterruptedException {
        long start = System.nanoTime();
        long left = timeoutNanos;
        while (isWriting && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = timeoutNanos - (System.nanoTime() - start);
        }
        if (state.isFinal()) {
            return 0;
        }
        if (isWriting) {
            return -1;
        }
        return instance == null || isForgotten ? 0 : instance.incarnation();
    }

    /** Does nothing for it any more. */
    synchronized void ended(boolean isConfirmed) {
        if (!state.isFinal()) {
            state = RegistrationState.DEREGISTERED;
            told.accept(new Deregistered(key, isConfirmed));
            completeAll("before it was deregistered");
        }
    }

    /** The same for one of which its caller was told that it is not registered; unless it is being ended properly. */
    synchronized void abandon() {
        if (!state.isFinal() && !isEnding) {
            state = RegistrationState.DEREGISTERED;
        }
    }

    private void completeAll(String why) {
        awaited.complete(Long.MAX_VALUE, Optional.of(failureSoFar(why)));
    }
}
