package io.rollcall.chaos.network;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All that one node sends to another: its faults, and what they did. Thread-safe. */
final class Flow {

    /** The longest timeout between two retransmissions that a chunk waits for; Linux' own limit is two minutes. */
    private static final long RETRANSMISSION_MILLIS_MAX = 10_000;

    private final String name;

    // Guarded by this.
    private final SplittableRandom random;
    private boolean cut;
    private Shape shape = Shape.CLEAR;
    private long freeAtNanos = System.nanoTime();
    private long deliveredBytes;
    private long heldBytes;
    private long heldConnections;
    private long delayedChunks;
    private long lostChunks;

    Flow(String from, String to, SplittableRandom random) {
        this.name = from + ">" + to;
        this.random = random;
    }

    String name() {
        return name;
    }

    synchronized void setCut(boolean cut) {
        this.cut = cut;
        notifyAll();
    }

    synchronized void setShape(Shape shape) {
        this.shape = shape;
        freeAtNanos = System.nanoTime();
        notifyAll();
    }

    synchronized boolean isCut() {
        return cut;
    }

    synchronized FlowCounters counters() {
        return new FlowCounters(deliveredBytes, heldBytes, heldConnections, delayedChunks, lostChunks);
    }

    synchronized void countHeld(int bytes) {
        heldBytes += bytes;
    }

    synchronized void countHeldConnection() {
        heldConnections++;
    }

    synchronized void countDelivered(int bytes) {
        deliveredBytes += bytes;
    }

    /** Draws how long the next chunk is under way. */
    synchronized long transitNanos() {
        long nanos = shape.delay().toNanos();
        long jitter = shape.jitter().toNanos();
        if (jitter > 0) {
            nanos += random.nextLong(-jitter, jitter + 1);
        }
        long timeout = Shape.RETRANSMISSION_MILLIS;
        while (timeout <= RETRANSMISSION_MILLIS_MAX && random.nextDouble() < shape.lossProbability()) {
            lostChunks++;
            nanos += TimeUnit.MILLISECONDS.toNanos(timeout);
            timeout *= 2;
        }
        if (nanos > 0) {
            delayedChunks++;
        }
        return nanos;
    }

    /** Waits while it is cut; tells whether it was. */
    synchronized boolean awaitOpen() throws InterruptedException {
        boolean waited = cut;
        while (cut) {
            wait();
        }
        return waited;
    }

    /**
     * Waits until bytes may pass, and keeps the line busy for as long as they take. There is no burst: a line that was idle
     * is no faster for it.
     */
    synchronized void awaitTurn(int bytes) throws InterruptedException {
        while (cut || isBusy()) {
            if (cut) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, freeAtNanos - System.nanoTime()));
            }
        }
        if (shape.bytesPerSecond() > 0) {
            freeAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(bytes) / shape.bytesPerSecond();
        }
    }

    private boolean isBusy() {
        return shape.bytesPerSecond() > 0 && freeAtNanos - System.nanoTime() > 0;
    }
}
