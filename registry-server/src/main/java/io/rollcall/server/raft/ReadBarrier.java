package io.rollcall.server.raft;

import io.rollcall.server.app.Freshness;
import io.rollcall.server.app.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The read barrier of this member. Reads that arrive while rounds are under way share the next one; a round gets an
 * index that the leader vouches for and waits until this member has applied it.
 */
final class ReadBarrier implements Freshness {

    /** Rounds under way at once. */
    static final int ROUNDS_MAX = 2;

    /** Beyond it reads fail at once. */
    static final int WAITING_MAX = 65_536;

    /** A leader that is there answers within its own round. */
    static final Duration ANSWER_TIMEOUT = LeadershipCheck.ANSWER_TIMEOUT.plusMillis(200);

    /** How long a round may wait for this member to apply what the leader has committed. */
    static final Duration APPLY_TIMEOUT = Duration.ofSeconds(5);

    /** Without reads, a round of its own now and then keeps the age of the data known. */
    static final Duration IDLE_INTERVAL = Duration.ofMillis(250);

    private static final long RETRY_MIN_NANOS = Duration.ofMillis(20).toNanos();
    private static final long RETRY_MAX_NANOS = Duration.ofMillis(50).toNanos();

    private record Waiter(long deadlineNanos, CompletableFuture<Boolean> future) {}

    /** Not a record: two rounds are never the same one. */
    private static final class Round {

        private final long startNanos;
        private final List<Waiter> waiters;

        Round(long startNanos, List<Waiter> waiters) {
            this.startNanos = startNanos;
            this.waiters = waiters;
        }
    }

    private final RaftView raft;
    private final LeadershipCheck leadership;
    private final LeaderCalls leader;
    private final IndexGate logGate;
    private final IndexGate registryGate;
    private final BooleanSupplier mayVouch;
    private final Executor executor;

    // Guarded by this.
    private List<Waiter> arriving = new ArrayList<>();
    private final List<Round> running = new ArrayList<>();
    private long notBeforeNanos = System.nanoTime();

    private volatile @Nullable Long currentAsOfNanos;

    private final Measured passedNanos = new Measured();
    private final LongAdder failedRounds = new LongAdder();

    ReadBarrier(
            RaftView raft,
            LeadershipCheck leadership,
            LeaderCalls leader,
            IndexGate logGate,
            IndexGate registryGate,
            BooleanSupplier mayVouch,
            Executor executor) {
        this.raft = raft;
        this.leadership = leadership;
        this.leader = leader;
        this.logGate = logGate;
        this.registryGate = registryGate;
        this.mayVouch = mayVouch;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Boolean> barrier(Duration deadline) {
        Waiter waiter = new Waiter(System.nanoTime() + deadline.toNanos(), new CompletableFuture<>());
        synchronized (this) {
            if (arriving.size() >= WAITING_MAX) {
                return CompletableFuture.completedFuture(false);
            }
            arriving.add(waiter);
        }
        startRound();
        return waiter.future;
    }

    @Override
    public CompletableFuture<Boolean> awaitIndex(long registryIndex, Duration deadline) {
        return registryGate.await(registryIndex, System.nanoTime() + deadline.toNanos());
    }

    @Override
    public long dataAgeMillis() {
        Long asOf = currentAsOfNanos;
        return asOf == null ? Long.MAX_VALUE : Math.max(0, System.nanoTime() - asOf) / 1_000_000;
    }

    @Override
    public boolean hasCaughtUp() {
        return currentAsOfNanos != null;
    }

    /** Who leads has changed: what failed before may pass now. */
    void leaderChanged() {
        synchronized (this) {
            notBeforeNanos = System.nanoTime();
        }
        startRound();
    }

    /** To be called every few milliseconds: ends what is late, retries what failed, and keeps the age known. */
    void tick(long nowNanos) {
        List<Waiter> late = new ArrayList<>(0);
        synchronized (this) {
            arriving.removeIf(waiter -> isLate(waiter, nowNanos) && late.add(waiter));
            running.forEach(round -> round.waiters.removeIf(waiter -> isLate(waiter, nowNanos) && late.add(waiter)));
            Long asOf = currentAsOfNanos;
            boolean stale = asOf == null || nowNanos - asOf >= IDLE_INTERVAL.toNanos();
            if (stale && arriving.isEmpty() && running.isEmpty()) {
                arriving.add(new Waiter(nowNanos + IDLE_INTERVAL.toNanos(), new CompletableFuture<>()));
            }
        }
        complete(late, false);
        startRound();
    }

    private static boolean isLate(Waiter waiter, long nowNanos) {
        return waiter.deadlineNanos - nowNanos <= 0;
    }

    private void startRound() {
        Round round;
        synchronized (this) {
            long now = System.nanoTime();
            if (arriving.isEmpty() || running.size() == ROUNDS_MAX || now - notBeforeNanos < 0) {
                return;
            }
            round = new Round(now, arriving);
            arriving = new ArrayList<>();
            running.add(round);
        }
        CompletableFuture<Boolean> applied =
                readIndex().thenCompose(index -> logGate.await(index, System.nanoTime() + APPLY_TIMEOUT.toNanos()));
        Callbacks.onEnd(applied, (reached, error) -> {
            if (reached != null && reached) {
                passed(round);
            } else {
                failed(round);
            }
            startRound();
        });
    }

    private CompletableFuture<Long> readIndex() {
        if (raft.self().equals(raft.leader())) {
            return leadership.readIndex();
        }
        // Read after the round began, so that it vouches for all who wait in it.
        long term = mayVouch.getAsBoolean() ? raft.term() : -1;
        byte[] vouching = new PeerMessages.Vouching(term, raft.self()).toBytes();
        return leader.call(PeerMethod.READ_INDEX, vouching, ANSWER_TIMEOUT).thenCompose(ReadBarrier::number);
    }

    private static CompletableFuture<Long> number(byte[] answer) {
        try {
            return CompletableFuture.completedFuture(PeerMessages.number(answer));
        } catch (PeerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** How long the rounds took that passed, in nanoseconds. */
    Measured passedNanos() {
        return passedNanos;
    }

    /** Rounds that nobody confirmed in time. */
    long failedRounds() {
        return failedRounds.sum();
    }

    private void passed(Round round) {
        passedNanos.add(System.nanoTime() - round.startNanos);
        List<Waiter> through;
        synchronized (this) {
            running.remove(round);
            through = round.waiters;
            Long asOf = currentAsOfNanos;
            if (asOf == null || round.startNanos - asOf > 0) {
                currentAsOfNanos = round.startNanos;
            }
        }
        complete(through, true);
    }

    /** Those who still have time try again in the next round, after a pause. */
    private void failed(Round round) {
        failedRounds.increment();
        synchronized (this) {
            running.remove(round);
            List<Waiter> again = round.waiters;
            again.addAll(arriving);
            arriving = again;
            notBeforeNanos = System.nanoTime() + ThreadLocalRandom.current().nextLong(RETRY_MIN_NANOS, RETRY_MAX_NANOS);
        }
    }

    private void complete(List<Waiter> done, boolean answer) {
        if (!done.isEmpty()) {
            executor.execute(() -> done.forEach(waiter -> waiter.future.complete(answer)));
        }
    }
}
