package io.rollcall.bench.suite;

import io.rollcall.bench.watch.Arrivals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Changes one after the other at an even rate, by a few callers in turn; each change has a number. */
final class PacedChanges implements AutoCloseable {

    private static final int OK_CLASS = 2;

    private final List<Change> callers;
    private final double perSecond;
    private final ExecutorService threads;
    private long next;

    /** Makes one change. */
    interface Change {

        /** Returns when it is answered: the status, 2xx if it is acknowledged. */
        int make(long number) throws IOException;
    }

    /**
     * What was done.
     *
     * @param first number of the first change
     * @param begun when each was sent, in the order of their numbers
     * @param acknowledged when each was acknowledged; {@link Arrivals#NEVER} if it was not
     * @param failures what was answered instead
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; filled by the callers while they run
    record Done(long first, long[] begun, long[] acknowledged, Map<String, Long> failures) {

        /** How many were acknowledged. */
        int count() {
            return (int) Arrays.stream(acknowledged)
                    .filter(time -> time != Arrivals.NEVER)
                    .count();
        }
    }

    PacedChanges(List<Change> callers, double perSecond) {
        this.callers = List.copyOf(callers);
        this.perSecond = perSecond;
        this.threads = Executors.newFixedThreadPool(callers.size());
    }

    /** Makes changes for a while; their numbers go on where the last call's ended. */
    Done run(Duration time) {
        var count = Math.max(1, (int) (time.toNanos() / 1e9 * perSecond));
        var done = new Done(next, new long[count], new long[count], new ConcurrentHashMap<>());
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
                var status = callers.get(caller).make(done.first() + i);
                var isAcknowledged = status / 100 == OK_CLASS;
                done.acknowledged()[i] = isAcknowledged ? System.nanoTime() : Arrivals.NEVER;
                if (!isAcknowledged) {
                    done.failures().merge("status " + status, 1L, Long::sum);
                }
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
