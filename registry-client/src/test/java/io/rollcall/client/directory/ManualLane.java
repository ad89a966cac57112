package io.rollcall.client.directory;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A lane on the test's own thread, with a time that the test moves. */
final class ManualLane implements Lane {

    private record Due(long atNanos, long number, Runnable task) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
    private long now = Duration.ofDays(1).toNanos();
    private long number;
    private boolean isRunning;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public boolean isHere() {
        return isRunning;
    }

    @Override
    public void run(Runnable task) {
        after(Duration.ZERO, task);
        if (!isRunning) {
            runDue();
        }
    }

    @Override
    public void after(Duration delay, Runnable task) {
        number++;
        queue.add(new Due(now + Math.max(0, delay.toNanos()), number, task));
    }

    /** Runs what becomes due within that time, each at its time. */
    void advance(Duration time) {
        var end = now + time.toNanos();
        while (!queue.isEmpty() && queue.peek().atNanos() <= end) {
            now = Math.max(now, queue.peek().atNanos());
            runDue();
        }
        now = end;
    }

    private void runDue() {
        isRunning = true;
        try {
            while (!queue.isEmpty() && queue.peek().atNanos() <= now) {
                queue.poll().task().run();
            }
        } finally {
            isRunning = false;
        }
    }
}
