package io.rollcall.server.watch;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Tells those who follow of what this node has applied: streams, and reads that wait. It is told after the view, and does
 * its work on a thread of its own, so that neither the application of the log nor any reader waits for another. All
 * methods may be called on any thread and none blocks, but for {@link #close}.
 */
public final class WatchHub implements ChangeSink, AutoCloseable {

    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final CatalogView view;
    private final ChangeQueue changes;
    private final Notices notices;
    private final WatchCounters counters = new WatchCounters();
    private final WatchDesk desk;
    private final LongSupplier nanoTime;
    private final Consumer<Throwable> fault;
    // Bounded by the streams and waiting reads, of which each has one thing to say at a time, and by who asks.
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private long nextSweepNanos;
    private volatile boolean parked;
    private volatile boolean closed;
    // When the oldest change was applied that nobody was told of yet; 0 for none.
    private final AtomicLong untoldSince = new AtomicLong();
    private volatile LongConsumer telling = nanos -> {};
    private volatile Figures figures = new Figures(0, 0, 0, 0);

    /**
     * What there is at the moment.
     *
     * @param position registry index up to which all was told
     * @param streams watch streams
     * @param waits blocking reads that wait
     * @param feeds different things that are followed, or were lately
     */
    public record Figures(long position, int streams, int waits, int feeds) {}

    /**
     * A hub that nobody follows; it does nothing before {@link #start}.
     *
     * @param nodeId this node
     * @param view is told before the hub
     * @param settings its limits
     * @param past what is remembered of earlier changes of services
     * @param configPast the same of configuration, whose view is told before the hub as well
     * @param pastReader runs the reading of these; it may refuse
     * @param writers runs the writing to streams, a short job each
     * @param nanoTime a monotonic clock
     * @param notices says how it told of what
     * @param fault takes what must never happen: readers that are not told would trust what they have
     */
    public WatchHub(
            String nodeId,
            CatalogView view,
            WatchSettings settings,
            PastTouches past,
            ConfigPast configPast,
            Executor pastReader,
            Executor writers,
            LongSupplier nanoTime,
            Notices notices,
            Consumer<Throwable> fault) {
        this.view = view;
        this.changes = new ChangeQueue(settings.maxQueuedChanges());
        this.nanoTime = nanoTime;
        this.notices = notices;
        this.fault = fault;
        this.nextSweepNanos = nanoTime.getAsLong();
        this.desk = new WatchDesk(
                nodeId,
                settings,
                view.current(),
                new Backfill(past, pastReader, this::post),
                new ConfigLookup(configPast, pastReader, this::post, counters),
                writers,
                this::post,
                nanoTime,
                counters);
        this.thread = new Thread(this::run, "watch-hub");
        thread.setDaemon(true);
    }

    /** Begins to tell. */
    public void start() {
        thread.start();
    }

    @Override
    public void changed(ChangeBatch batch) {
        if (!batch.changes().isEmpty()) {
            // Never 0; one that comes just while others are told may go unmeasured.
            untoldSince.compareAndSet(0, nanoTime.getAsLong() | 1);
        }
        changes.add(batch.changes(), notices.fresh(batch), view.current());
        wake();
    }

    @Override
    public void reset(StateReset state) {
        changes.replace(view.current());
        wake();
    }

    private void post(Runnable job) {
        mailbox.add(job);
        wake();
    }

    private void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try {
            while (!closed) {
                if (!round()) {
                    park();
                }
            }
            desk.endAll();
            for (Runnable job = mailbox.poll(); job != null; job = mailbox.poll()) {
                job.run();
            }
        } catch (RuntimeException | Error e) {
            fault.accept(e);
        }
    }

    private void park() {
        long nanos = Math.min(nextSweepNanos - nanoTime.getAsLong(), desk.nanosToNextExpiry());
        parked = true;
        // Once more: whoever came before the flag did not wake anybody.
        if (mailbox.isEmpty() && !changes.hasNews() && !closed && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = false;
    }

    /** Does what there is to do; false if that was nothing. */
    boolean round() {
        boolean worked = false;
        // Counted before the changes are taken: whoever comes later may know of changes that are not among them, and
        // waits for the next round. And no more than there are now: changes must not wait behind those that come
        // meanwhile.
        int jobs = mailbox.size();
        ChangeQueue.News news = changes.take();
        if (news != null) {
            long since = untoldSince.getAndSet(0);
            Notice notice = notices.begin(news);
            desk.apply(news, notice);
            notice.end();
            if (since != 0) {
                telling.accept(nanoTime.getAsLong() - since);
            }
            worked = true;
        }
        for (; jobs > 0; jobs--) {
            Runnable job = mailbox.poll();
            if (job != null) {
                job.run();
                worked = true;
            }
        }
        desk.expire();
        if (nanoTime.getAsLong() - nextSweepNanos >= 0) {
            nextSweepNanos = nanoTime.getAsLong() + SWEEP_INTERVAL.toNanos();
            desk.sweep();
        }
        figures = new Figures(desk.position(), desk.streams(), desk.waits(), desk.feeds());
        return worked;
    }

    /**
     * Opens a stream.
     *
     * @param order what is to be followed
     * @param sink takes the events once it is admitted
     * @return whether it was; never fails
     */
    public CompletableFuture<Admission> open(StreamOrder order, EventSink sink) {
        CompletableFuture<Admission> opened = new CompletableFuture<>();
        submit(() -> desk.open(order, sink, opened), () -> opened.complete(Admission.STOPPING));
        return opened;
    }

    /**
     * Opens a stream of configuration.
     *
     * @param order what is to be followed
     * @param sink takes the events once it is admitted
     * @return whether it was; never fails
     */
    public CompletableFuture<Admission> open(ConfigOrder order, EventSink sink) {
        CompletableFuture<Admission> opened = new CompletableFuture<>();
        submit(() -> desk.open(order, sink, opened), () -> opened.complete(Admission.STOPPING));
        return opened;
    }

    /**
     * Waits until something changes.
     *
     * @param order what, and how long
     * @return never fails
     */
    public CompletableFuture<Waited> await(WaitOrder order) {
        CompletableFuture<Waited> answer = new CompletableFuture<>();
        submit(() -> desk.await(order, answer), () -> answer.complete(Waited.STOPPING));
        return answer;
    }

    /**
     * Ends a wait before its time.
     *
     * @param waiting as {@link #await} returned it
     */
    public void giveUp(CompletableFuture<Waited> waiting) {
        submit(() -> desk.giveUp(waiting), () -> waiting.complete(Waited.STOPPING));
    }

    /**
     * Ends a stream before its time.
     *
     * @param subscription its name
     * @param reason why, for its reader
     */
    public void end(String subscription, String reason) {
        submit(() -> desk.end(subscription, reason), () -> {});
    }

    /**
     * Waits until all up to an index was told here.
     *
     * @param index registry index
     * @param longest how long at most
     * @return whether it was; never fails
     */
    public CompletableFuture<Boolean> reached(long index, Duration longest) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        submit(() -> desk.reached(index, longest, answer), () -> answer.complete(false));
        return answer;
    }

    /**
     * Notes what a reader knows.
     *
     * @param subscription its stream
     * @param index registry index up to which it knows all
     * @return false if there is no such stream here; never fails
     */
    public CompletableFuture<Boolean> acknowledge(String subscription, long index) {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        submit(() -> known.complete(desk.acknowledge(subscription, index)), () -> known.complete(false));
        return known;
    }

    /**
     * Who follows a service here, and how far they are.
     *
     * @param service which
     * @param position registry index up to which all was told
     * @param following in no order
     */
    public record Followers(ServiceKey service, long position, List<Following> following) {}

    /**
     * Lists who follows a service here.
     *
     * @param service which
     * @return never fails
     */
    public CompletableFuture<Followers> followers(ServiceKey service) {
        CompletableFuture<Followers> followers = new CompletableFuture<>();
        submit(
                () -> followers.complete(new Followers(service, desk.position(), desk.followers(service))),
                () -> followers.complete(new Followers(service, figures.position(), List.of())));
        return followers;
    }

    private void submit(Runnable job, Runnable whenClosed) {
        post(job);
        if (closed && mailbox.remove(job)) {
            whenClosed.run();
        }
    }

    /**
     * Tells how long it takes from a change's being applied until it was handed to those who follow, from now on.
     *
     * @param listener takes nanoseconds; it must be quick
     */
    public void onTold(LongConsumer listener) {
        telling = listener;
    }

    /**
     * Returns the counters.
     *
     * @return the same object for ever
     */
    public WatchCounters counters() {
        return counters;
    }

    /**
     * Returns what there is at the moment.
     *
     * @return as of the last round
     */
    public Figures figures() {
        return figures;
    }

    /** Ends all streams and waiting reads in good order; whoever comes later is told that the node stops. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
