package io.rollcall.server.app.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks a few times a second whether those may go on who were let in for long: the readers of streams, and reads that wait.
 * Whoever was let in without a token may for ever. Thread-safe.
 */
public final class Vigil implements AutoCloseable {

    static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private static final Stay FOR_EVER = () -> {};

    private final Gatekeeper gatekeeper;
    private final Set<Kept> kept = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A vigil that looks at nothing before {@link #start}.
     *
     * @param gatekeeper says what has become of callers
     */
    public Vigil(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
        this.thread = new Thread(this::run, "access-vigil");
        thread.setDaemon(true);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    /** Something that goes on. */
    public interface Stay {

        /** It has ended by itself. */
        void over();
    }

    private final class Kept implements Stay {

        private final Caller caller;
        private final Predicate<Caller> mayStay;
        private final Consumer<EndReason> end;

        Kept(Caller caller, Predicate<Caller> mayStay, Consumer<EndReason> end) {
            this.caller = caller;
            this.mayStay = mayStay;
            this.end = end;
        }

        @Override
        public void over() {
            kept.remove(this);
        }

        void look() {
            Caller now = gatekeeper.renewed(caller);
            if (now == null) {
                Instant expiry = caller.expiresAt();
                boolean hasExpired = expiry != null && !gatekeeper.now().isBefore(expiry);
                end(hasExpired ? EndReason.TOKEN_EXPIRED : EndReason.TOKEN_REVOKED);
            } else if (!now.hasRightsOf(caller) && !mayStillStay(now)) {
                end(EndReason.PERMISSIONS_CHANGED);
            }
        }

        /** Where it cannot be decided he may not. */
        private boolean mayStillStay(Caller now) {
            try {
                return mayStay.test(now);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("it could not be decided whether a reader may stay, so he may not");
                return false;
            }
        }

        private void end(EndReason reason) {
            if (kept.remove(this)) {
                end.accept(reason);
            }
        }
    }

    /**
     * Looks after something until it is over.
     *
     * @param caller who has it
     * @param mayStay whether he may go on having it, with other rights than those that he came with
     * @param end ends it; on a thread that has better things to do, once at most
     * @return to be told when it has ended by itself
     */
    public Stay keep(Caller caller, Predicate<Caller> mayStay, Consumer<EndReason> end) {
        if (!caller.isAuthenticated()) {
            return FOR_EVER;
        }
        Kept one = new Kept(caller, mayStay, end);
        kept.add(one);
        // What has changed since the caller was identified nobody looks at again.
        one.look();
        return one;
    }

    /**
     * Looks after a wait.
     *
     * @param caller who waits
     * @param wait what he waits for
     * @param giveUp ends the wait
     * @param <T> what it comes to
     * @return the wait
     */
    public <T> CompletableFuture<T> keep(Caller caller, CompletableFuture<T> wait, Runnable giveUp) {
        if (!caller.isAuthenticated() || wait.isDone()) {
            return wait;
        }
        Stay stay = keep(caller, now -> false, reason -> giveUp.run());
        return wait.whenComplete((done, failure) -> stay.over());
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(this, LOOK_INTERVAL.toNanos());
        }
    }

    /** Looks at all, if there can be something to see. */
    void look() {
        for (Kept one : kept) {
            try {
                one.look();
            } catch (RuntimeException e) {
                // The others have to be looked at all the same.
                LOG.atError().setCause(e).log("what a reader had that may not stay could not be ended");
            }
        }
    }

    /** Looks no more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
