package io.rollcall.server.watch;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.watch.WatchCounters.Count;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that follow, and what they follow. Confined to the hub's thread. */
final class WatchDesk {

    private static final Logger LOG = LoggerFactory.getLogger(WatchDesk.class);

    private final String nodeId;
    private final WatchSettings settings;
    private final Backfill backfill;
    private final LongSupplier nanoTime;
    private final WatchCounters counters;
    private final Feeds feeds = new Feeds();
    private final Waits waits;
    private final StreamWrites writes;
    private final Arrivals arrivals = new Arrivals();
    private final Map<String, Stream> streams = new HashMap<>();
    private CatalogSnapshot current;
    // Streams and waits that are being made ready.
    private int opening;
    private boolean stopping;

    /**
     * A desk that nobody follows at.
     *
     * @param nodeId begins the names of its streams
     * @param settings its limits
     * @param current what it begins with
     * @param backfill the way to the past
     * @param writers runs the writing
     * @param hub runs what follows on the desk's own thread
     * @param nanoTime a clock
     * @param counters counts
     */
    WatchDesk(
            String nodeId,
            WatchSettings settings,
            CatalogSnapshot current,
            Backfill backfill,
            Executor writers,
            Executor hub,
            LongSupplier nanoTime,
            WatchCounters counters) {
        this.nodeId = nodeId;
        this.settings = settings;
        this.current = current;
        this.backfill = backfill;
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.waits = new Waits(nanoTime, counters);
        this.writes = new StreamWrites(writers, hub, nanoTime, this::flush, stream -> drop(stream, Count.DROPPED_GONE));
    }

    long position() {
        return current.appliedIndex();
    }

    int streams() {
        return streams.size();
    }

    int waits() {
        return waits.size();
    }

    int feeds() {
        return feeds.size();
    }

    /** Takes what has happened, and tells it. */
    void apply(ChangeQueue.News news) {
        CatalogSnapshot before = current;
        current = news.after();
        Set<Feed> touched =
                news.lost() ? feeds.restart(before.appliedIndex(), current) : feeds.apply(news.changes(), before);
        if (news.lost() && !touched.isEmpty()) {
            counters.add(Count.FEEDS_RESET, touched.size());
            LOG.atWarn()
                    .addKeyValue("feeds", touched.size())
                    .log("changes came faster than they could be told; streams begin anew by a snapshot");
        }
        List<Stream> woken = new ArrayList<>();
        for (Feed feed : touched) {
            waits.touched(feed);
            for (Stream stream : feed.streams) {
                if (!stream.dirty) {
                    stream.dirty = true;
                    woken.add(stream);
                }
            }
            feeds.used(feed, nanoTime.getAsLong());
        }
        woken.forEach(this::prepare);
        writes.send();
        arrivals.reached(current.appliedIndex());
    }

    void open(StreamOrder order, EventSink sink, CompletableFuture<Admission> opened) {
        if (stopping || streams.size() + opening >= settings.maxStreams()) {
            counters.add(Count.REFUSED, stopping ? 0 : 1);
            opened.complete(stopping ? Admission.STOPPING : Admission.TOO_MANY);
            return;
        }
        List<ServiceFeed> services = new ArrayList<>(order.services().size());
        order.services().forEach(key -> services.add(feeds.service(key, order.interest(), current)));
        NamespaceFeed namespace =
                services.isEmpty() ? feeds.namespace(order.namespace(), order.interest(), current) : null;
        if (namespace != null) {
            feeds.followServices(namespace, current);
            namespace.pins++;
        }
        services.forEach(feed -> feed.pins++);
        opening++;
        backfill.reachBackTo(wanted(order, services, namespace), from(order), () -> {
            opening--;
            services.forEach(feed -> feed.pins--);
            if (namespace != null) {
                namespace.pins--;
            }
            attach(order, sink, services, namespace, opened);
        });
    }

    private static long from(StreamOrder order) {
        return order.resumeAt() > 0 ? order.resumeAt() : Long.MAX_VALUE;
    }

    /** The feeds whose past matters. In a namespace these are the few that were touched since the reader left. */
    private static List<ServiceFeed> wanted(
            StreamOrder order, List<ServiceFeed> services, @Nullable NamespaceFeed namespace) {
        if (namespace == null) {
            return services;
        }
        return order.resumeAt() == 0 || !order.interest().isByStatusAlone()
                ? List.of()
                : namespace.services().values().stream()
                        .filter(feed -> feed.version() > order.resumeAt())
                        .toList();
    }

    private void attach(
            StreamOrder order,
            EventSink sink,
            List<ServiceFeed> services,
            @Nullable NamespaceFeed namespace,
            CompletableFuture<Admission> opened) {
        Stream stream = new Stream(
                nodeId + "-" + Long.toHexString(ThreadLocalRandom.current().nextLong()),
                order.subscriber(),
                sink,
                services,
                namespace,
                order.resumeAt());
        if (stopping) {
            forEachFeed(stream, feed -> feeds.used(feed, nanoTime.getAsLong()));
            opened.complete(Admission.STOPPING);
            return;
        }
        streams.put(stream.subscription, stream);
        services.forEach(feed -> feed.told = true);
        forEachFeed(stream, feed -> {
            feed.streams.add(stream);
            feeds.used(feed, nanoTime.getAsLong());
        });
        stream.syncNanos = nanoTime.getAsLong() + settings.syncInterval().toNanos();
        opened.complete(Admission.DONE);
        sink.begin(stream.subscription, current.appliedIndex());
        List<ByteBuffer> beginning = stream.begin(current, counters);
        // What a resumed reader has missed; of others the rest of the beginning.
        stream.dirty = stream.isResuming() || stream.hasMore(current);
        writes.add(stream, beginning);
        writes.send();
    }

    private static void forEachFeed(Stream stream, Consumer<Feed> consumer) {
        stream.feeds.forEach(consumer);
        if (stream.namespace != null) {
            consumer.accept(stream.namespace);
        }
    }

    private void flush(Stream stream) {
        prepare(stream);
        writes.send();
    }

    /** Gives what has to be said to a stream to the next writes, if it can take it. */
    private void prepare(Stream stream) {
        if (stream.ended || stream.writing || !stream.dirty) {
            return;
        }
        stream.dirty = false;
        List<ByteBuffer> parts = stream.next(current, counters);
        if (!parts.isEmpty()) {
            stream.dirty = stream.hasMore(current);
            writes.add(stream, parts);
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
        streams.remove(stream.subscription);
        forEachFeed(stream, feed -> {
            feed.streams.remove(stream);
            feeds.used(feed, nanoTime.getAsLong());
        });
    }

    void await(WaitOrder order, CompletableFuture<Waited> answer) {
        if (stopping) {
            answer.complete(Waited.STOPPING);
            return;
        }
        if (waits.size() + opening >= settings.maxBlockingReads()) {
            counters.add(Count.REFUSED, 1);
            answer.complete(Waited.TOO_MANY);
            return;
        }
        if (order.service() == null) {
            add(feeds.namespace(order.namespace(), order.interest(), current), order, answer);
            return;
        }
        ServiceFeed feed = feeds.service(order.service(), order.interest(), current);
        if (feed.version() <= order.index()) {
            add(feed, order, answer);
            return;
        }
        // It seems to have changed, but where that is no more than a bound, it may not have.
        opening++;
        backfill.reachBackTo(List.of(feed), order.index(), () -> {
            opening--;
            add(feed, order, answer);
        });
    }

    private void add(Feed feed, WaitOrder order, CompletableFuture<Waited> answer) {
        if (stopping) {
            answer.complete(Waited.STOPPING);
        } else {
            waits.add(feed, order, answer);
        }
        feeds.used(feed, nanoTime.getAsLong());
    }

    void reached(long index, Duration longest, CompletableFuture<Boolean> answer) {
        if (stopping || current.appliedIndex() >= index) {
            answer.complete(!stopping);
        } else {
            arrivals.add(index, nanoTime.getAsLong() + longest.toNanos(), answer);
        }
    }

    /** Notes what a stream's reader knows; false if there is no such stream. */
    boolean acknowledge(String subscription, long index) {
        Stream stream = streams.get(subscription);
        if (stream != null) {
            stream.acknowledge(index);
        }
        return stream != null;
    }

    /** Who follows a service. */
    List<Following> followers(ServiceKey service) {
        List<Following> found = new ArrayList<>();
        for (ServiceFeed feed : feeds.of(service)) {
            feed.streams.forEach(stream -> found.add(stream.following(feed)));
            feed.readers.forEach(feed.version(), found::add);
        }
        for (NamespaceFeed namespace : feeds.of(service.namespace())) {
            ServiceFeed feed = namespace.services().get(service);
            if (feed != null) {
                namespace.streams.forEach(stream -> found.add(stream.following(feed)));
            }
        }
        return found;
    }

    /** Sends away whose time is over. */
    void expire() {
        long now = nanoTime.getAsLong();
        waits.expire(now).forEach(feed -> feeds.used(feed, now));
        arrivals.expire(now);
    }

    long nanosToNextExpiry() {
        return waits.nanosToNext(nanoTime.getAsLong());
    }

    /** Drops who is stuck, tells who heard nothing for long how far the node is, and forgets what nobody needs. */
    void sweep() {
        long now = nanoTime.getAsLong();
        feeds.sweep(now);
        Frame sync = Frame.sync(current.appliedIndex(), null);
        for (Stream stream : List.copyOf(streams.values())) {
            if (stream.writing
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
                writes.add(stream, List.of(ByteBuffer.wrap(sync.bytes())));
            }
        }
        writes.send();
    }

    /** Ends all in good order; nobody is let in any more. */
    void endAll() {
        stopping = true;
        waits.endAll();
        arrivals.endAll();
        for (Stream stream : List.copyOf(streams.values())) {
            detach(stream);
            stream.sink.end();
        }
    }
}
