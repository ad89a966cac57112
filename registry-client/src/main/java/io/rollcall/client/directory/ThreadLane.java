package io.rollcall.client.directory;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane on a thread of its own. What is given to it after its end is dropped. */
final class ThreadLane implements Lane {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadLane.class);

    private final ScheduledThreadPoolExecutor thread;
    private volatile @Nullable Thread made;

    ThreadLane(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread daemon = new Thread(task, name);
                    daemon.setDaemon(true);
                    made = daemon;
                    return daemon;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public boolean isHere() {
        return Thread.currentThread() == made;
    }

    @Override
    public void run(Runnable task) {
        thread.execute(guarded(task));
    }

    @Override
    public void after(Duration delay, Runnable task) {
        var unused = thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The next task is to run whatever became of this one. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).log("a directory failed at a task by a fault of its own; it goes on");
            }
        };
    }

    /** Tasks that are due still run. */
    void close() {
        thread.shutdown();
    }
}
