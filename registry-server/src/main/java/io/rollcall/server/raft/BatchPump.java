package io.rollcall.server.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers proposals into batches, without any fixed wait: a proposal that finds nothing in flight goes at once, what
 * arrives meanwhile fills the next batch, and a batch that is full goes beside those in flight.
 */
final class BatchPump {

    /**
     * What it may hold.
     *
     * @param batchCommands proposals in a batch
     * @param batchBytes bytes in a batch; one proposal alone may be larger
     * @param batchesInFlight batches that are sent and not settled; one that is not full is sent only if there is no other
     * @param queuedCommands proposals that wait for a batch
     * @param queuedBytes bytes that wait for a batch
     */
    record Limits(int batchCommands, int batchBytes, int batchesInFlight, int queuedCommands, long queuedBytes) {}

    /** Takes a batch away. */
    interface Sender {

        /**
         * Sends a batch and settles each of its proposals. One call at a time.
         *
         * @param batch at least one
         * @return completed, in whatever way, when the next batch may take its place; never throws
         */
        CompletableFuture<?> send(List<Proposal> batch);
    }

    private final Limits limits;
    private final Sender sender;
    private final Executor executor;

    private final Queue<Proposal> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queuedCommands = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();

    // Whoever raises it from 0 drains; whoever finds it raised leaves its work to that thread.
    private final AtomicInteger drainRequests = new AtomicInteger();

    BatchPump(Limits limits, Sender sender, Executor executor) {
        this.limits = limits;
        this.sender = sender;
        this.executor = executor;
    }

    /**
     * Takes a proposal.
     *
     * @param proposal to be settled by the sender
     * @return false if the queue is full: the proposal was not taken and will not be settled
     */
    boolean offer(Proposal proposal) {
        int bytes = proposal.encoded().length;
        boolean tooMany = queuedCommands.incrementAndGet() > limits.queuedCommands();
        boolean tooMuch = queuedBytes.addAndGet(bytes) > limits.queuedBytes();
        if (tooMany || tooMuch) {
            forget(proposal);
            return false;
        }
        queue.add(proposal);
        drain();
        return true;
    }

    /** How many wait for a batch. */
    int size() {
        return queuedCommands.get();
    }

    private void forget(Proposal proposal) {
        queuedCommands.decrementAndGet();
        queuedBytes.addAndGet(-proposal.encoded().length);
    }

    private void drain() {
        if (drainRequests.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            while (mayBeSent()) {
                sendNext();
            }
            served = drainRequests.addAndGet(-served);
        } while (served != 0);
    }

    private boolean mayBeSent() {
        int others = inFlight.get();
        boolean full = queuedCommands.get() >= limits.batchCommands() || queuedBytes.get() >= limits.batchBytes();
        return !queue.isEmpty() && (others == 0 || (full && others < limits.batchesInFlight()));
    }

    private void sendNext() {
        inFlight.incrementAndGet();
        Callbacks.onEnd(sender.send(nextBatch()), (result, error) -> {
            inFlight.decrementAndGet();
            if (!queue.isEmpty()) {
                // Not here: this is the thread that applies the log, or one that reads from a peer.
                executor.execute(this::drain);
            }
        });
    }

    private List<Proposal> nextBatch() {
        List<Proposal> batch = new ArrayList<>();
        long bytes = 0;
        for (Proposal next = queue.peek(); next != null; next = queue.peek()) {
            bytes += next.encoded().length;
            boolean full = batch.size() == limits.batchCommands() || bytes > limits.batchBytes();
            if (full && !batch.isEmpty()) {
                break;
            }
            batch.add(next);
            queue.remove();
            forget(next);
        }
        return batch;
    }
}
