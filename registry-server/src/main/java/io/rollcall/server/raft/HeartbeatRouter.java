package io.rollcall.server.raft;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.BeatResult.Unconfirmed;
import io.rollcall.server.app.LeaderRole;
import io.rollcall.server.app.LeaseKeeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings heartbeats to the leader, whoever it is: those of many callers in one message, the next message filling while one
 * is under way. What is not confirmed is tried again until the callers' time is over.
 */
final class HeartbeatRouter implements LeaseKeeper {

    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    /** Beats in one message; one request alone may be larger. */
    static final int MESSAGE_BEATS = 10_000;

    static final int MESSAGES_MAX = 2;

    /** Requests that are under way on this member. */
    static final int REQUESTS_MAX = 65_536;

    private static final long RETRY_MIN_NANOS = Duration.ofMillis(20).toNanos();
    private static final long RETRY_MAX_NANOS = Duration.ofMillis(50).toNanos();

    private static final Unconfirmed OVERLOADED =
            new Unconfirmed(ErrorCode.OVERLOADED, "this member has too many heartbeats under way; beat again");
    private static final Unconfirmed NO_LEADER =
            new Unconfirmed(ErrorCode.NO_LEADER, "no leader confirmed the heartbeat in time; beat again, at any node");

    private final RaftView raft;
    private final LeaderRole role;
    private final LeaderCalls leader;
    private final Supplier<CompletableFuture<Long>> confirmation;
    private final BooleanSupplier mayVouch;
    private final Executor executor;

    private final AtomicInteger underWay = new AtomicInteger();
    private final Queue<Request> retries = new ConcurrentLinkedQueue<>();
    // Guarded by itself.
    private final Queue<Request> toSend = new ArrayDeque<>();
    private int messages;

    /**
     * A router.
     *
     * @param role takes beats if this member leads
     * @param leader the way to another member that leads
     * @param confirmation confirms this member's leadership for what came before the call
     * @param mayVouch whether this member may say its term for others
     * @param executor runs what follows an answer
     */
    HeartbeatRouter(
            RaftView raft,
            LeaderRole role,
            LeaderCalls leader,
            Supplier<CompletableFuture<Long>> confirmation,
            BooleanSupplier mayVouch,
            Executor executor) {
        this.raft = raft;
        this.role = role;
        this.leader = leader;
        this.confirmation = confirmation;
        this.mayVouch = mayVouch;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<List<BeatResult>> renew(List<Beat> beats, Duration deadline) {
        Request request = new Request(beats, System.nanoTime() + deadline.toNanos());
        if (underWay.incrementAndGet() > REQUESTS_MAX) {
            underWay.decrementAndGet();
            return CompletableFuture.completedFuture(request.results(OVERLOADED));
        }
        attempt(request);
        return request.future;
    }

    private void attempt(Request request) {
        if (raft.leaderReady()) {
            Callbacks.onEnd(role.renew(request.open(), confirmation), (results, error) -> settle(request, results));
        } else if (raft.leader() == null || raft.self().equals(raft.leader())) {
            retry(request);
        } else {
            synchronized (toSend) {
                toSend.add(request);
            }
            send();
        }
    }

    private void send() {
        List<Request> batch = new ArrayList<>();
        synchronized (toSend) {
            if (messages == MESSAGES_MAX || toSend.isEmpty()) {
                return;
            }
            int beats = 0;
            for (Request next = toSend.peek();
                    next != null && (batch.isEmpty() || beats + next.openCount() <= MESSAGE_BEATS);
                    next = toSend.peek()) {
                batch.add(toSend.remove());
                beats += next.openCount();
            }
            messages++;
        }
        List<Beat> beats = new ArrayList<>();
        batch.forEach(request -> beats.addAll(request.open()));
        // Read after the beats came, so that it vouches for a leader who has not been replaced when they did.
        long term = mayVouch.getAsBoolean() ? raft.term() : -1;
        long asked = System.nanoTime();
        byte[] message = BeatMessages.asked(beats, new PeerMessages.Vouching(term, raft.self()));
        Callbacks.onEnd(
                leader.call(PeerMethod.HEARTBEAT, message, ANSWER_TIMEOUT).thenApply(HeartbeatRouter::read),
                (results, error) -> {
                    synchronized (toSend) {
                        messages--;
                    }
                    // Late, because both stood still: by now another leader may have let them expire.
                    boolean isLate = System.nanoTime() - asked > ANSWER_TIMEOUT.toNanos();
                    deal(batch, isLate ? null : results);
                    executor.execute(this::send);
                });
    }

    private static @Nullable List<BeatResult> read(byte[] answer) {
        try {
            return BeatMessages.results(answer);
        } catch (PeerException e) {
            // An answer that cannot be read confirms nothing.
            return null;
        }
    }

    private void deal(List<Request> batch, @Nullable List<BeatResult> results) {
        int from = 0;
        for (Request request : batch) {
            int until = from + request.openCount();
            settle(request, results == null || until > results.size() ? null : results.subList(from, until));
            from = until;
        }
    }

    private void settle(Request request, @Nullable List<BeatResult> results) {
        request.note(results);
        boolean done = request.openCount() == 0;
        if (done || System.nanoTime() - request.deadlineNanos >= 0) {
            finish(request, NO_LEADER);
        } else {
            retry(request);
        }
    }

    private void retry(Request request) {
        request.retryAtNanos =
                System.nanoTime() + ThreadLocalRandom.current().nextLong(RETRY_MIN_NANOS, RETRY_MAX_NANOS);
        retries.add(request);
    }

    private void finish(Request request, Unconfirmed otherwise) {
        underWay.decrementAndGet();
        List<BeatResult> results = request.results(otherwise);
        executor.execute(() -> request.future.complete(results));
    }

    /** To be called every few milliseconds: tries again what is due, and ends what is late. */
    void tick(long nowNanos) {
        for (int rest = retries.size(); rest > 0; rest--) {
            Request request = retries.poll();
            if (request == null) {
                return;
            }
            if (request.deadlineNanos - nowNanos <= 0) {
                finish(request, NO_LEADER);
            } else if (request.retryAtNanos - nowNanos <= 0) {
                attempt(request);
            } else {
                retries.add(request);
            }
        }
    }

    /** Who leads has changed: what waits for a leader is tried now. */
    void leaderChanged() {
        executor.execute(() -> tick(System.nanoTime() + RETRY_MAX_NANOS));
    }

    /** Beats of one caller; one thread at a time works on it. */
    private static final class Request {
        private final List<Beat> beats;
        private final long deadlineNanos;
        private final @Nullable BeatResult[] settled;
        private final CompletableFuture<List<BeatResult>> future = new CompletableFuture<>();
        private volatile int openCount;
        private volatile long retryAtNanos;

        Request(List<Beat> beats, long deadlineNanos) {
            this.beats = beats;
            this.deadlineNanos = deadlineNanos;
            this.settled = new BeatResult[beats.size()];
            this.openCount = beats.size();
        }

        int openCount() {
            return openCount;
        }

        List<Beat> open() {
            if (openCount == beats.size()) {
                return beats;
            }
            List<Beat> open = new ArrayList<>(openCount);
            for (int i = 0; i < settled.length; i++) {
                if (settled[i] == null) {
                    open.add(beats.get(i));
                }
            }
            return open;
        }

        /** Notes the results of what was open; null if there are none. */
        void note(@Nullable List<BeatResult> results) {
            if (results == null) {
                return;
            }
            int next = 0;
            int stillOpen = 0;
            for (int i = 0; i < settled.length; i++) {
                if (settled[i] == null) {
                    BeatResult result = results.get(next++);
                    if (result instanceof Unconfirmed) {
                        stillOpen++;
                    } else {
                        settled[i] = result;
                    }
                }
            }
            openCount = stillOpen;
        }

        List<BeatResult> results(Unconfirmed otherwise) {
            List<BeatResult> results = new ArrayList<>(settled.length);
            for (BeatResult result : settled) {
                results.add(result == null ? otherwise : result);
            }
            return results;
        }
    }
}
