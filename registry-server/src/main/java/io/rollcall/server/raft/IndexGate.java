package io.rollcall.server.raft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Lets callers wait until an index is reached, or their time is over, without a thread for each. */
final class IndexGate {

    /** Beyond it waiting is refused, as if the time were over. */
    static final int WAITING_MAX = 65_536;

    private record Waiter(long index, long deadlineNanos, CompletableFuture<Boolean> future) {}

    private final Executor executor;
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::index));
    private volatile long reached = Long.MIN_VALUE;

    IndexGate(Executor executor) {
        this.executor = executor;
    }

    /**
     * Waits for an index.
     *
     * @param index what to wait for
     * @param deadlineNanos until when, by {@link System#nanoTime}
     * @return true once it is reached, false when the time is over; never fails
     */
    CompletableFuture<Boolean> await(long index, long deadlineNanos) {
        if (reached >= index) {
            return CompletableFuture.completedFuture(true);
        }
        Waiter waiter = new Waiter(index, deadlineNanos, new CompletableFuture<>());
        synchronized (waiters) {
            // Once more: whoever reached it meanwhile did not see this waiter.
            if (reached >= index) {
                return CompletableFuture.completedFuture(true);
            }
            if (waiters.size() >= WAITING_MAX) {
                return CompletableFuture.completedFuture(false);
            }
            waiters.add(waiter);
        }
        return waiter.future;
    }

    /** Lets through who waits for an index up to this one. An index below one that was reached changes nothing. */
    void advance(long index) {
        List<Waiter> through = new ArrayList<>(0);
        synchronized (waiters) {
            reached = Math.max(reached, index);
            for (Waiter next = waiters.peek(); next != null && next.index <= reached; next = waiters.peek()) {
                through.add(waiters.remove());
            }
        }
        complete(through, true);
    }

    /** Sends away whose time is over. */
    void expire(long nowNanos) {
        List<Waiter> late = new ArrayList<>(0);
        synchronized (waiters) {
            waiters.removeIf(waiter -> waiter.deadlineNanos - nowNanos <= 0 && late.add(waiter));
        }
        complete(late, false);
    }

    private void complete(List<Waiter> done, boolean answer) {
        if (!done.isEmpty()) {
            executor.execute(() -> done.forEach(waiter -> waiter.future.complete(answer)));
        }
    }
}
