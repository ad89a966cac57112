package io.rollcall.chaos.workload;

import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.history.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Changes of instances in many services at an even rate, each of them followed until its index is known. Every instance has
 * one caller, and no rule refuses what he does. Driven by one thread; it can be stopped and started again.
 */
public final class ChangeLoad implements AutoCloseable {

    private final List<Changer> changers = new ArrayList<>();
    private final ExecutorService threads;
    private final Attempts attempts;
    private final long pauseNanos;
    private final Consumer<WriteRecord> listener;
    private final List<Written> changes = new ArrayList<>();
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * How much is changed.
     *
     * @param services how many services the instances are spread over
     * @param callers how many change at once
     * @param perSecond how many writes all of them make together, at most
     */
    public record Plan(int services, int callers, int perSecond) {

        /**
         * Names a service.
         *
         * @param number from 0
         * @return its name
         */
        public String service(int number) {
            return "watched-" + number;
        }
    }

    /**
     * A load that does not run yet.
     *
     * @param plan how much
     * @param attempts patient, to send what it writes
     * @param random decides what is changed
     * @param listener is told of each write, on the threads of the callers
     */
    public ChangeLoad(Plan plan, Attempts attempts, SplittableRandom random, Consumer<WriteRecord> listener) {
        this.attempts = attempts;
        this.listener = listener;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) * plan.callers() / plan.perSecond();
        for (int i = 0; i < plan.callers(); i++) {
            changers.add(new Changer("c" + i, plan, random.split()));
        }
        this.threads = Executors.newFixedThreadPool(plan.callers(), task -> new Thread(task, "changer"));
    }

    /**
     * Registers the first instances in each service, so that watchers begin with something.
     *
     * @param perService how many
     */
    public void fill(int perService) {
        List<CompletableFuture<Void>> filling = new ArrayList<>();
        for (int i = 0; i < changers.size(); i++) {
            Changer changer = changers.get(i);
            int part = i;
            filling.add(CompletableFuture.runAsync(
                    () -> changer.fill(part, changers.size(), perService).forEach(change -> perform(changer, change)),
                    threads));
        }
        filling.forEach(CompletableFuture::join);
    }

    /** Starts all callers. */
    public void start() {
        stopping = false;
        for (Changer changer : changers) {
            running.add(CompletableFuture.runAsync(() -> run(changer), threads));
        }
    }

    /** Lets every caller finish the write he is at, and waits for it. */
    public void stop() {
        stopping = true;
        running.forEach(CompletableFuture::join);
        running.clear();
    }

    /**
     * Returns all changes so far.
     *
     * @return a copy; complete while the load is stopped
     */
    public List<Written> changes() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    /** Stops it for ever. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }

    private void run(Changer changer) {
        long next = System.nanoTime();
        while (!stopping) {
            perform(changer, changer.next());
            // What was missed is not made up for: after a fault the load goes on, it does not burst.
            next = Math.max(next + pauseNanos, System.nanoTime() - pauseNanos);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void perform(Changer changer, Changer.PlannedChange change) {
        WriteRecord write = attempts.perform(change.write(), true, changer.random());
        listener.accept(write);
        if (write.verdict() != Verdict.DONE) {
            // Without its index there is no truth to hold the watchers against.
            throw new IllegalStateException("a write that nothing speaks against is " + write.verdict() + ": "
                    + change.write().requestId() + ", " + write.why());
        }
        int count = change.marks().size();
        synchronized (changes) {
            for (int i = 0; i < count; i++) {
                // The items of a batch have an index each, the answer has the last.
                changes.add(new Written(
                        change.write().targets().get(i),
                        write.index() - count + 1 + i,
                        change.marks().get(i).orElse(null)));
            }
        }
        changer.done(change);
    }
}
