package io.rollcall.server.raft;

import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.statemachine.command.CommandHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A command whose callers, on this member, wait for its result. */
final class PendingCommand implements Proposal {

    /**
     * Whose result it is.
     *
     * @param requestId of the command
     * @param fingerprint of its content
     */
    record Key(String requestId, String fingerprint) {

        static Key of(CommandHeader header) {
            return new Key(header.requestId(), header.fingerprint());
        }
    }

    /** Is told what became of an attempt. */
    interface Attempts {

        void settled(PendingCommand command, Disposition disposition);
    }

    private record Caller(long deadlineNanos, CompletableFuture<SubmitOutcome> future) {}

    private final Key key;
    private final byte[] encoded;
    private final int featureLevel;
    private final Attempts attempts;

    // Guarded by this; empty and done once nobody waits any more.
    private final List<Caller> callers = new ArrayList<>(1);
    private boolean done;

    private final AtomicInteger openAttempts = new AtomicInteger();
    private volatile boolean reachedALog;
    private volatile long retryAtNanos;

    PendingCommand(Key key, byte[] encoded, int featureLevel, Attempts attempts) {
        this.key = key;
        this.encoded = encoded;
        this.featureLevel = featureLevel;
        this.attempts = attempts;
    }

    Key key() {
        return key;
    }

    @Override
    public byte[] encoded() {
        return encoded;
    }

    @Override
    public int featureLevel() {
        return featureLevel;
    }

    @Override
    public void settled(Disposition disposition) {
        if (disposition == Disposition.COMMITTED || disposition == Disposition.UNKNOWN) {
            reachedALog = true;
        }
        openAttempts.decrementAndGet();
        attempts.settled(this, disposition);
    }

    /** To be called before each attempt, which then ends by {@link #settled}. */
    void attempted() {
        openAttempts.incrementAndGet();
    }

    /** Whether an attempt may have put it into a log: then it can end as unknown, but not as certainly not done. */
    boolean mayBeLogged() {
        return reachedALog || openAttempts.get() > 0;
    }

    void retryAt(long nanos) {
        retryAtNanos = nanos;
    }

    long retryAtNanos() {
        return retryAtNanos;
    }

    synchronized boolean isDone() {
        return done;
    }

    /** Adds a caller, unless it is too late for that. */
    synchronized boolean add(long deadlineNanos, CompletableFuture<SubmitOutcome> future) {
        if (!done) {
            callers.add(new Caller(deadlineNanos, future));
        }
        return !done;
    }

    /** Ends it for all callers; they are told by whoever runs what is returned. */
    synchronized Runnable finish(SubmitOutcome outcome) {
        done = true;
        List<Caller> told = List.copyOf(callers);
        callers.clear();
        return () -> told.forEach(caller -> caller.future.complete(outcome));
    }

    /**
     * Ends it for the callers whose time is over.
     *
     * @return whether nobody waits any more
     */
    synchronized boolean expire(long nowNanos, List<Runnable> toRun) {
        callers.removeIf(caller -> {
            boolean late = caller.deadlineNanos - nowNanos <= 0;
            if (late) {
                SubmitOutcome outcome = late();
                toRun.add(() -> caller.future.complete(outcome));
            }
            return late;
        });
        done |= callers.isEmpty();
        return done;
    }

    /** What to tell when this member stops. */
    SubmitOutcome stopped() {
        return mayBeLogged()
                ? new SubmitOutcome.Unknown("it was proposed, and this member stops; repeat it through another one")
                : new SubmitOutcome.NotSubmitted(
                        SubmitOutcome.NotSubmitted.Cause.NO_LEADER, "this member stops; try another one");
    }

    private SubmitOutcome late() {
        return mayBeLogged()
                ? new SubmitOutcome.Unknown("it was proposed, and no result came in time; repeat it to learn it")
                : new SubmitOutcome.NotSubmitted(
                        SubmitOutcome.NotSubmitted.Cause.NO_LEADER, "no leader took it in time");
    }
}
