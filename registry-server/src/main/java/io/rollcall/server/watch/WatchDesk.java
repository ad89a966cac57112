package io.rollcall.server.watch;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.watch.WatchCounters.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that follow, and what they follow. Confined to the hub's thread. */
final class WatchDesk {

    private static final Logger LOG = LoggerFactory.getLogger(WatchDesk.class);

    private final WatchSettings settings;
    private final Backfill backfill;
    private final LongSupplier nanoTime;
    private final WatchCounters counters;
    private final Feeds feeds = new Feeds();
    private final Waits waits;
    private final Arrivals arrivals = new Arrivals();
    private final Streams streams;
    private final ConfigDesk config;
    private CatalogSnapshot current;
    // Waits that are being made ready.
    private int opening;

    /**
     * A desk that nobody follows at.
     *
     * @param nodeId begins the names of its streams
     * @param settings its limits
     * @param current what it begins with
     * @param backfill the way to the past
     * @param lookup the way to what is stored of configuration
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
            ConfigLookup lookup,
            Executor writers,
            Executor hub,
            LongSupplier nanoTime,
            WatchCounters counters) {
        this.settings = settings;
        this.current = current;
        this.backfill = backfill;
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.waits = new Waits(nanoTime, counters);
        this.streams = new Streams(nodeId, settings, () -> this.current, writers, hub, nanoTime, counters);
        this.config = new ConfigDesk(new ConfigRing(settings.configChanges(), current.appliedIndex()), lookup, streams);
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
        return feeds.size() + config.feeds();
    }

    /** Takes what has happened, and tells it. */
    void apply(ChangeQueue.News news, Notice notice) {
        CatalogSnapshot before = current;
        current = news.after();
        Set<Feed> touched = news.lost()
                ? feeds.restart(before.appliedIndex(), current)
                : feeds.apply(news.changes(), before, notice);
        if (news.lost() && !touched.isEmpty()) {
            counters.add(Count.FEEDS_RESET, touched.size());
            LOG.atWarn()
                    .addKeyValue("feeds", touched.size())
                    .log("changes came faster than they could be told; streams begin anew by a snapshot");
        }
        List<Stream> woken = new ArrayList<>();
        for (Feed feed : touched) {
            waits.touched(feed);
            for (ServiceStream stream : feed.streams) {
                if (!stream.dirty) {
                    stream.dirty = true;
                    woken.add(stream);
                }
            }
            feeds.used(feed, nanoTime.getAsLong());
        }
        streams.flush(woken);
        config.apply(news, current, notice);
        arrivals.reached(current.appliedIndex());
    }

    void open(StreamOrder order, EventSink sink, CompletableFuture<Admission> opened) {
        if (!streams.admits(opened)) {
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
        streams.opening++;
        backfill.reachBackTo(wanted(order, services, namespace), from(order), () -> {
            streams.opening--;
            services.forEach(feed -> feed.pins--);
            if (namespace != null) {
                namespace.pins--;
            }
            attach(order, sink, services, namespace, opened);
        });
    }

    void open(ConfigOrder order, EventSink sink, CompletableFuture<Admission> opened) {
        config.open(order, sink, opened);
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
        ServiceStream stream = new ServiceStream(
                streams.newSubscription(),
                order.subscriber(),
                sink,
                services,
                namespace,
                order.resumeAt(),
                order.sees());
        if (streams.isStopping()) {
            forEachFeed(stream, feed -> feeds.used(feed, nanoTime.getAsLong()));
            opened.complete(Admission.STOPPING);
            return;
        }
        services.forEach(feed -> feed.told = true);
        forEachFeed(stream, feed -> {
            feed.streams.add(stream);
            feeds.used(feed, nanoTime.getAsLong());
        });
        streams.attach(stream, () -> detached(stream), opened);
    }

    private void detached(ServiceStream stream) {
        forEachFeed(stream, feed -> {
            feed.streams.remove(stream);
            feeds.used(feed, nanoTime.getAsLong());
        });
    }

    private static void forEachFeed(ServiceStream stream, Consumer<Feed> consumer) {
        stream.feeds.forEach(consumer);
        if (stream.namespace != null) {
            consumer.accept(stream.namespace);
        }
    }

    void await(WaitOrder order, CompletableFuture<Waited> answer) {
        if (streams.isStopping()) {
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
        if (streams.isStopping()) {
            answer.complete(Waited.STOPPING);
        } else {
            waits.add(feed, order, answer);
        }
        feeds.used(feed, nanoTime.getAsLong());
    }

    void reached(long index, Duration longest, CompletableFuture<Boolean> answer) {
        if (streams.isStopping() || current.appliedIndex() >= index) {
            answer.complete(!streams.isStopping());
        } else {
            arrivals.add(index, nanoTime.getAsLong() + longest.toNanos(), answer);
        }
    }

    /** Answers a read that waits with what there is. */
    void giveUp(CompletableFuture<Waited> waiting) {
        waits.giveUp(waiting).ifPresent(feed -> feeds.used(feed, nanoTime.getAsLong()));
    }

    /** Ends a stream, telling its reader why. */
    void end(String subscription, String reason) {
        streams.end(subscription, reason);
    }

    /** Notes what a stream's reader knows; false if there is no such stream. */
    boolean acknowledge(String subscription, long index) {
        return streams.acknowledge(subscription, index);
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
        feeds.sweep(nanoTime.getAsLong());
        config.sweep();
        streams.sweep();
    }

    /** Ends all in good order; nobody is let in any more. */
    void endAll() {
        waits.endAll();
        arrivals.endAll();
        streams.endAll();
    }
}
