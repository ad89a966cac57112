package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchListener;
import io.rollcall.client.watch.WatchedServices;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One watch of some services. What it hears on the watch's thread it hands over to the lane, and waits until it was
 * taken there: so the registry is told no sooner that this consumer knows it. Else confined to the lane.
 */
final class Feed implements WatchListener {

    /** Is told what feeds hear, on the lane. */
    interface Sink {

        void connected(Feed feed);

        void event(Feed feed, WatchEvent event);

        /** All that there was up to an index higher than before was told. */
        void known(Feed feed);

        void interrupted(Feed feed, String detail);

        void refused(Feed feed, Refusal refusal);
    }

    private final List<ServiceKey> services;
    private final Lane lane;
    private final Sink sink;
    private final WatchedServices told = new WatchedServices();

    /** The services that are known by this feed. */
    private final Set<ServiceKey> owned = new LinkedHashSet<>();

    private RegistryPort.@Nullable Subscription subscription;
    private boolean isSuperseded;
    private long connection;
    private long connectedAtNanos;
    private long heardAtNanos;
    private long confirmedAtNanos;
    private boolean hasHeard;
    private boolean isInterrupted;
    private boolean isFirst;
    private long behindSinceNanos;
    private boolean isBehind;

    // Of the watch's thread.
    private long lastKnown;

    private volatile boolean closed;
    private volatile CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);

    Feed(List<ServiceKey> services, Lane lane, Sink sink) {
        this.services = List.copyOf(services);
        this.lane = lane;
        this.sink = sink;
    }

    void begun(RegistryPort.Subscription running) {
        subscription = running;
    }

    @Override
    public void onConnected(URI server) {
        handOver(() -> sink.connected(this));
    }

    @Override
    public void onEvent(WatchEvent event) {
        handOver(() -> sink.event(this, event));
    }

    @Override
    public void onKnownUpTo(long index) {
        // Events that others follow which belong to them repeat the index of before.
        if (index != lastKnown) {
            lastKnown = index;
            handOver(() -> sink.known(this));
        }
    }

    @Override
    public void onInterrupted(String detail) {
        handOver(() -> sink.interrupted(this, detail));
    }

    @Override
    public void onRefused(Refusal refusal) {
        handOver(() -> sink.refused(this, refusal));
    }

    private void handOver(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        pending = done;
        if (closed) {
            return;
        }
        lane.run(() -> {
            try {
                if (!closed) {
                    task.run();
                }
            } finally {
                done.complete(null);
            }
        });
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never completed by an exception", e);
        }
    }

    /** Nothing it hears is taken any more. The watch is to be closed elsewhere, since that may take a while. */
    RegistryPort.@Nullable Subscription close() {
        closed = true;
        pending.complete(null);
        return subscription;
    }

    boolean isClosed() {
        return closed;
    }

    /** False if the watch has ended by itself. */
    boolean isRunning() {
        return subscription == null || subscription.isRunning();
    }

    /** A stream was opened. */
    void beginConnection(long number, long nowNanos) {
        connection = number;
        connectedAtNanos = nowNanos;
        isInterrupted = false;
        isFirst = true;
    }

    long connection() {
        return connection;
    }

    void interrupt() {
        isInterrupted = true;
    }

    /** Whether its stream ended and no other has begun. */
    boolean isInterrupted() {
        return isInterrupted;
    }

    /**
     * Takes an event into what this feed was told.
     *
     * @return whether it is the first of its connection
     */
    boolean take(WatchEvent event, long nowNanos) {
        boolean wasFirst = isFirst;
        isFirst = false;
        heardAtNanos = nowNanos;
        hasHeard = true;
        told.apply(event);
        return wasFirst;
    }

    /** Whether its present stream has said something so long after its beginning. */
    boolean lasts(Duration time) {
        return hasHeard && !isInterrupted && heardAtNanos - connectedAtNanos >= time.toNanos();
    }

    /** Whether it has heard something within so long. */
    boolean isHeardWithin(Duration time, long nowNanos) {
        return hasHeard && nowNanos - heardAtNanos <= time.toNanos();
    }

    boolean hasHeard() {
        return hasHeard;
    }

    long heardAtNanos() {
        return heardAtNanos;
    }

    /** Whether the views that this feed keeps are to be confirmed: not at each of a thousand events a second. */
    boolean confirmsNow(Duration atMostEvery, long nowNanos) {
        boolean isDue = confirmedAtNanos == 0 || nowNanos - confirmedAtNanos >= atMostEvery.toNanos();
        confirmedAtNanos = isDue ? nowNanos : confirmedAtNanos;
        return isDue;
    }

    /** Notes whether its node is behind what is known; says since when. */
    Duration behind(boolean isBehindNow, long nowNanos) {
        behindSinceNanos = isBehind && isBehindNow ? behindSinceNanos : nowNanos;
        isBehind = isBehindNow;
        return Duration.ofNanos(nowNanos - behindSinceNanos);
    }

    List<Instance> told(ServiceKey service) {
        return told.instances(service);
    }

    /** Registry index of what was told of a service; 0 if nothing was. */
    long toldIndex(ServiceKey service) {
        return told.index(service);
    }

    List<ServiceKey> services() {
        return services;
    }

    Set<ServiceKey> owned() {
        return owned;
    }

    void supersede() {
        isSuperseded = true;
    }

    boolean isSuperseded() {
        return isSuperseded;
    }
}
