package io.rollcall.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Changes one after the other at an even rate, by a few callers in turn; each change has a number. */
final class PacedChanges implements AutoCloseable {

    private final List<Change> callers;
    private final double perSecond;
    private final ExecutorService threads;
    private long next;

    /** Makes one change, and returns when it is acknowledged. */
    interface Change {

        void make(long number) throws IOException;
    }

    /**
     * What was done.
     *
     * @param first number of the first change
     * @param begun when each was sent, in the order of their numbers
     * @param acknowledged when each was answered
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; filled by the callers while they run
    record Done(long first, long[] begun, long[] acknowledged) {}

    PacedChanges(List<Change> callers, double perSecond) {
        this.callers = List.copyOf(callers);
        this.perSecond = perSecond;
        this.threads = Executors.newFixedThreadPool(callers.size());
    }

    /** Makes changes for a while; their numbers go on where the last call's ended. */
    Done run(Duration time) {
        var count = Math.max(1, (int) (time.toNanos() / 1e9 * perSecond));
        var done = new Done(next, new long[count], new long[count]);
        next += count;
        var start = System.nanoTime();
        var running = new ArrayList<CompletableFuture<Void>>();
        for (var caller = 0; caller < callers.size(); caller++) {
            var first = caller;
            running.add(CompletableFuture.runAsync(() -> make(done, first, start), threads));
        }
        running.forEach(CompletableFuture::join);
        return done;
    }

    /** Every so many changes are one caller's; if he is late he does not hurry, since a burst would be merged. */
    private void make(Done done, int caller, long start) {
        try {
            for (var i = caller; i < done.begun().length; i += callers.size()) {
                var due = start + (long) (i * 1e9 / perSecond);
                for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                done.begun()[i] = System.nanoTime();
                callers.get(caller).make(done.first() + i);
                done.acknowledged()[i] = System.nanoTime();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
