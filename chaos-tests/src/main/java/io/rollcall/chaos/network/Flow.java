package io.rollcall.chaos.network;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All that one node sends to another: its faults, and what they did. Thread-safe. */
final class Flow {

    /** A chunk that was sent again after this timeout is not lost once more. */
    private static final long LOST_TIMEOUT_MILLIS_MAX = 10_000;

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
        long timeout = Retransmission.FIRST_MILLIS;
        while (timeout <= LOST_TIMEOUT_MILLIS_MAX && random.nextDouble() < shape.lossProbability()) {
            lostChunks++;
            nanos += TimeUnit.MILLISECONDS.toNanos(timeout);
            timeout = Retransmission.next(timeout);
        }
        if (nanos > 0) {
            delayedChunks++;
        }
        return nanos;
    }

    /** Waits while it is cut. */
    synchronized void awaitOpen() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    /**
     * Waits until the line is free, and keeps it busy for as long as the bytes take. There is no burst: a line that was idle
     * is no faster for it.
     *
     * @return false if it is cut; then nothing may pass
     */
    synchronized boolean awaitTurn(int bytes) throws InterruptedException {
        while (!cut && isBusy()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, freeAtNanos - System.nanoTime()));
        }
        if (!cut && shape.bytesPerSecond() > 0) {
            freeAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(bytes) / shape.bytesPerSecond();
        }
        return !cut;
    }

    private boolean isBusy() {
        return shape.bytesPerSecond() > 0 && freeAtNanos - System.nanoTime() > 0;
    }
}
