package io.rollcall.server.watch;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.ServiceState;
import io.rollcall.server.watch.WatchCounters.Count;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A watcher of services. What he was not told is made up from the feeds when he can take more. */
final class ServiceStream extends Stream {

    final List<ServiceFeed> feeds;
    final @Nullable NamespaceFeed namespace;
    private final Predicate<ServiceKey> sees;

    // Everything up to it was sent, or is in the group.
    private long position;
    // What the reader may resume at; never falls.
    private long safe;
    private final long resumedAt;
    private boolean resuming;
    // Events that belong together: only behind the last of them all services are equally far.
    private @Nullable ArrayDeque<Event> group;
    // Where the group ends, if that is not where its last event does: services that it leaves out for being empty may
    // have been emptied behind that.
    private long groupEnd;

    /** What to send of one service; the frame of a snapshot is encoded no sooner than it is sent. */
    private record Event(
            ServiceFeed feed,
            long to,
            @Nullable Frame change,
            @Nullable ServiceState state) {}

    ServiceStream(
            String subscription,
            Subscriber subscriber,
            EventSink sink,
            List<ServiceFeed> feeds,
            @Nullable NamespaceFeed namespace,
            long resumeAt,
            Predicate<ServiceKey> sees) {
        super(subscription, subscriber, sink);
        this.feeds = List.copyOf(feeds);
        this.namespace = namespace;
        this.sees = sees;
        this.resumedAt = resumeAt;
        this.resuming = resumeAt > 0;
        this.position = resumeAt;
        this.safe = resumeAt;
    }

    @Override
    @Nullable
    Write begin(CatalogSnapshot current, WatchCounters counters) {
        if (resuming) {
            counters.add(Count.RESUMES, 1);
            return hello(safe);
        }
        position = current.appliedIndex();
        List<Event> all = new ArrayList<>();
        for (ServiceFeed feed : services()) {
            if (sees.test(feed.service) && (namespace == null || feed.size() > 0)) {
                all.add(new Event(feed, feed.version(), null, feed.stateIn(current)));
            }
        }
        if (all.isEmpty()) {
            safe = position;
            return hello(safe);
        }
        queue(all);
        groupEnd = namespace == null ? 0 : position;
        return nextWrite(counters);
    }

    private Collection<ServiceFeed> services() {
        return namespace == null ? feeds : namespace.services().values();
    }

    @Override
    @Nullable
    Write next(CatalogSnapshot current, WatchCounters counters) {
        if (group == null && current.appliedIndex() > position) {
            List<Event> events = new ArrayList<>();
            boolean isTouched = false;
            for (ServiceFeed feed : touched()) {
                isTouched = true;
                if (sees.test(feed.service)) {
                    events.add(event(feed, current, counters));
                }
            }
            // Of what its reader may not see it has to be woken as well: only then it knows how far it is.
            if (!resuming && (!isTouched || !events.isEmpty())) {
                counters.add(events.isEmpty() ? Count.USELESS_WAKEUPS : Count.WAKEUPS, 1);
            }
            resuming = false;
            position = current.appliedIndex();
            queue(events);
        }
        return group == null ? null : nextWrite(counters);
    }

    private Collection<ServiceFeed> touched() {
        if (namespace != null && namespace.log().reachesBackTo(position)) {
            Set<ServiceKey> keys = new LinkedHashSet<>();
            namespace.log().after(position).forEach(touch -> keys.add(touch.key()));
            List<ServiceFeed> touched = new ArrayList<>(keys.size());
            for (ServiceKey key : keys) {
                ServiceFeed feed = namespace.services().get(key);
                if (feed == null) {
                    throw new IllegalStateException("a touch of a service without a feed: " + key);
                }
                touched.add(feed);
            }
            return touched;
        }
        return services().stream().filter(feed -> feed.version() > position).toList();
    }

    private Event event(ServiceFeed feed, CatalogSnapshot current, WatchCounters counters) {
        if (!knowsWhatTheReaderHas(feed)) {
            counters.add(resuming ? Count.RESUMES_BY_SNAPSHOT : Count.RESTARTS, 1);
            return new Event(feed, feed.version(), null, feed.stateIn(current));
        }
        if (namespace != null && feed.log().sizeAt(position) == 0) {
            // Of a service that had nothing the reader has not heard yet, or has heard that it is empty.
            return new Event(feed, feed.version(), null, feed.stateIn(current));
        }
        Frame change = feed.change(feed.log().versionAt(position), current);
        return new Event(feed, change.index(), change, null);
    }

    private boolean knowsWhatTheReaderHas(ServiceFeed feed) {
        if (!feed.log().reachesBackTo(position)) {
            return false;
        }
        if (resumedAt == 0 || feed.log().versionAt(position) > resumedAt) {
            return true;
        }
        // What the reader has of this service another node told, or an earlier life of this one.
        return feed.log().isExactAt(position) && (namespace == null || feed.interest.isByStatusAlone());
    }

    private void queue(List<Event> events) {
        if (!events.isEmpty()) {
            events.sort(Comparator.comparingLong(Event::to));
            group = new ArrayDeque<>(events);
        }
    }

    private Write nextWrite(WatchCounters counters) {
        Outgoing outgoing = new Outgoing();
        ArrayDeque<Event> rest = group;
        while (rest != null && outgoing.size() < WRITE_BYTES) {
            Event event = rest.removeFirst();
            if (rest.isEmpty()) {
                rest = null;
                safe = Math.max(safe, Math.max(event.to, groupEnd));
                groupEnd = 0;
            }
            Frame frame = frame(event);
            outgoing.add(frame, safe, subscription);
            counters.add(Count.EVENTS, 1);
            counters.add(Count.SNAPSHOTS, frame.isOpen() ? 1 : 0);
        }
        group = rest;
        return new Write(outgoing.size(), outgoing::parts);
    }

    private static Frame frame(Event event) {
        if (event.change != null) {
            return event.change;
        }
        if (event.state == null) {
            throw new IllegalStateException("an event of nothing");
        }
        return event.feed.snapshot(event.to, event.state);
    }

    @Override
    boolean sync(long index) {
        if (dirty || writing || group != null || index < position) {
            return false;
        }
        position = index;
        safe = index;
        return true;
    }

    /** The rest of a group, or what has touched this while the group was sent. */
    @Override
    boolean hasMore(CatalogSnapshot current) {
        return resuming
                || group != null
                || (current.appliedIndex() > position && !touched().isEmpty());
    }

    /** How far it is with a service that it follows. */
    Following following(ServiceFeed feed) {
        long sent = feed.log().reachesBackTo(position) ? feed.log().versionAt(position) : position;
        return new Following(subscriber, subscription, sent, acknowledged(), feed.version());
    }
}
