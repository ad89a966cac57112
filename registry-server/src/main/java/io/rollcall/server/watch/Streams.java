package io.rollcall.server.watch;

import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.watch.Stream.Write;
import io.rollcall.server.watch.WatchCounters.Count;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams, whatever they are of, and the writing to them: one write at a time each. Confined to the hub's thread. */
final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    /** How long a write may still take whose stream is to end. */
    private static final Duration ENDING_PATIENCE = Duration.ofMillis(500);

    private final String nodeId;
    private final WatchSettings settings;
    private final Supplier<CatalogSnapshot> current;
    private final LongSupplier nanoTime;
    private final WatchCounters counters;
    private final StreamWrites writes;
    private final Map<String, Attached> bySubscription = new HashMap<>();
    // Those that were told that they end, since the last sweep and since the one before.
    private List<Stream> leaving = new ArrayList<>();
    private List<Stream> hadTime = List.of();
    private boolean stopping;

    /** Streams that are being made ready. */
    int opening;

    private record Attached(Stream stream, Runnable detached) {}

    /**
     * No streams yet.
     *
     * @param nodeId begins their names
     * @param settings their limits
     * @param current what they are told of
     * @param writers runs the writing
     * @param hub runs what follows on the hub's thread
     * @param nanoTime a clock
     * @param counters counts
     */
    Streams(
            String nodeId,
            WatchSettings settings,
            Supplier<CatalogSnapshot> current,
            Executor writers,
            Executor hub,
            LongSupplier nanoTime,
            WatchCounters counters) {
        this.nodeId = nodeId;
        this.settings = settings;
        this.current = current;
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.writes = new StreamWrites(
                writers, hub, nanoTime, stream -> flush(List.of(stream)), stream -> drop(stream, Count.DROPPED_GONE));
    }

    int size() {
        return bySubscription.size();
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether one more may come; tells it if not. */
    boolean admits(CompletableFuture<Admission> opened) {
        boolean isFull = bySubscription.size() + opening >= settings.maxStreams();
        if (stopping || isFull) {
            counters.add(Count.REFUSED, stopping ? 0 : 1);
            opened.complete(stopping ? Admission.STOPPING : Admission.TOO_MANY);
        }
        return !stopping && !isFull;
    }

    /** A name that no other stream of the cluster has. */
    String newSubscription() {
        return nodeId + "-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /**
     * Lets a stream begin.
     *
     * @param detached runs when it has ended, for whatever reason
     */
    void attach(Stream stream, Runnable detached, CompletableFuture<Admission> opened) {
        bySubscription.put(stream.subscription, new Attached(stream, detached));
        stream.syncNanos = nanoTime.getAsLong() + settings.syncInterval().toNanos();
        opened.complete(Admission.DONE);
        stream.sink.begin(stream.subscription, current.get().appliedIndex());
        Write first = stream.begin(current.get(), counters);
        // What a resumed reader has missed; of others the rest of the beginning.
        stream.dirty = first == null || stream.hasMore(current.get());
        if (first == null) {
            prepare(stream);
        } else {
            writes.add(stream, first);
        }
        writes.send();
    }

    /** Sends what there is to be sent, unless something is being sent. */
    void flush(Collection<? extends Stream> dirty) {
        dirty.forEach(this::prepare);
        writes.send();
    }

    /** Gives what has to be said to a stream to the next writes, if it can take it. */
    private void prepare(Stream stream) {
        if (stream.ended || stream.writing || !stream.dirty) {
            return;
        }
        if (stream.ending != null) {
            finish(stream, stream.ending);
            return;
        }
        stream.dirty = false;
        Write next = stream.next(current.get(), counters);
        if (next != null) {
            stream.dirty = stream.hasMore(current.get());
            writes.add(stream, next);
        }
    }

    private void drop(Stream stream, Count reason) {
        if (!stream.ended) {
            counters.add(reason, 1);
            detach(stream);
            stream.sink.cut();
        }
    }

    private void detach(Stream stream) {
        stream.ended = true;
        Attached attached = bySubscription.remove(stream.subscription);
        if (attached != null) {
            attached.detached.run();
        }
    }

    /** Ends a stream, telling its reader why, as soon as what is being written is written; it is told nothing more. */
    void end(String subscription, String reason) {
        Attached attached = bySubscription.get(subscription);
        if (attached != null && attached.stream.ending == null) {
            attached.stream.ending = reason;
            // In this order: whoever ends a write looks the other way round.
            attached.stream.dirty = true;
            flush(List.of(attached.stream));
        }
    }

    private void finish(Stream stream, String reason) {
        counters.add(Count.DROPPED_ACCESS, 1);
        detach(stream);
        Frame end = Frame.of("end", 0, Frame.utf8("{\"reason\":\"" + reason + "\"}"));
        // Who has not taken it by then is cut off: nobody else looks after him any more.
        leaving.add(stream);
        stream.sink.write(List.of(ByteBuffer.wrap(end.bytes())), failure -> {});
        stream.sink.end();
    }

    /** Notes what a stream's reader knows; false if there is no such stream. */
    boolean acknowledge(String subscription, long index) {
        Attached attached = bySubscription.get(subscription);
        if (attached != null) {
            attached.stream.acknowledge(index);
        }
        return attached != null;
    }

    /** Drops who is stuck, and tells who heard nothing for long how far the node is. */
    void sweep() {
        long now = nanoTime.getAsLong();
        hadTime.forEach(stream -> stream.sink.cut());
        hadTime = leaving;
        leaving = new ArrayList<>();
        Frame sync = Frame.sync(current.get().appliedIndex(), null);
        for (Stream stream : all()) {
            if (stream.ending != null) {
                if (now - stream.writingSinceNanos > ENDING_PATIENCE.toNanos()) {
                    drop(stream, Count.DROPPED_ACCESS);
                }
            } else if (stream.writing
                    && now - stream.writingSinceNanos > settings.writeTimeout().toNanos()) {
                LOG.atWarn()
                        .addKeyValue("subscription", stream.subscription)
                        .addKeyValue("subscriber", stream.subscriber.id())
                        .addKeyValue("address", stream.subscriber.address())
                        .log("a watcher has not read for longer than watch.write-timeout; its stream is cut off");
                drop(stream, Count.DROPPED_TOO_SLOW);
            } else if (now - stream.syncNanos >= 0 && stream.sync(sync.index())) {
                stream.syncNanos = now + settings.syncInterval().toNanos();
                counters.add(Count.EVENTS, 1);
                writes.add(stream, Write.of(sync));
            }
        }
        writes.send();
    }

    private List<Stream> all() {
        return bySubscription.values().stream().map(Attached::stream).toList();
    }

    /** Ends all in good order; nobody is let in any more. */
    void endAll() {
        stopping = true;
        for (Stream stream : all()) {
            detach(stream);
            stream.sink.end();
        }
    }
}
