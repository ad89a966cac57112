package io.rollcall.client.directory;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.directory.Belief.Verdict;
import io.rollcall.client.watch.WatchEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a directory's streams, reads and files meet: decides which of them says what a service is. Confined to the lane. */
final class Desk implements Feed.Sink, Reads.Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    /** Syncs that a stream may leave out before its services are read instead. */
    private static final int MISSED_SYNCS = 3;

    private static final Duration CHANGE_OF_STREAM = Duration.ofSeconds(2);
    private static final Duration CONFIRMING = Duration.ofSeconds(1);

    private final DirectoryOptions options;
    private final Lane lane;
    private final Shelf shelf;
    private final Instruments instruments;
    private final @Nullable CacheWrites cache;
    private final Feeds feeds;
    private final StreamTrust trust;
    private final Reads reads;
    private final Duration silence;
    private final Reachability reachability;

    private long connections;
    private int generation;

    /**
     * What a desk works with.
     *
     * @param io where reads are waited for
     * @param closing where streams are closed
     * @param cache null if nothing is kept on disk
     */
    record Parts(
            DirectoryOptions options,
            RegistryPort registry,
            Lane lane,
            Executor io,
            Executor closing,
            Aging aging,
            Notices notices,
            Instruments instruments,
            @Nullable CacheWrites cache) {}

    Desk(Parts parts) {
        this.options = parts.options;
        this.lane = parts.lane;
        this.instruments = parts.instruments;
        this.cache = parts.cache;
        this.shelf = new Shelf(options, lane, parts.aging, parts.notices, instruments);
        this.trust = new StreamTrust(
                options.streamRetryInterval(), options.syncInterval().dividedBy(2));
        this.feeds = new Feeds(parts.registry, lane, parts.closing, this, instruments);
        this.reads = new Reads(options, parts.registry, lane, parts.io, shelf, trust, instruments, this);
        this.silence = options.syncInterval().multipliedBy(MISSED_SYNCS).plus(CHANGE_OF_STREAM);
        this.reachability = new Reachability(lane, feeds, trust, parts.notices, silence);
    }

    /** Knows a service from now on. */
    void follow(ServiceHandle handle) {
        if (reachability.isClosed()) {
            handle.settle();
            return;
        }
        begin(shelf.add(handle));
    }

    private void begin(Entry entry) {
        CacheWrites kept = cache;
        if (kept != null) {
            long begun = lane.nanos();
            int begunIn = generation;
            kept.load(entry, (cached, age) -> {
                if (begunIn == generation && shelf.recall(entry, cached, age)) {
                    Duration taken = Duration.ofNanos(lane.nanos() - begun);
                    lane.after(options.diskGrace().minus(taken), () -> settle(entry, begunIn));
                }
            });
        }
        if (trust.isGivenUp() && !trust.isTrying()) {
            reads.tick();
        } else {
            feeds.want(entry.service());
        }
    }

    private void settle(Entry entry, int begunIn) {
        if (begunIn == generation) {
            entry.handle().settle();
        }
    }

    @Override
    public void connected(Feed feed) {
        connections++;
        feed.beginConnection(connections, lane.nanos());
    }

    @Override
    public void event(Feed feed, WatchEvent event) {
        long now = lane.nanos();
        event.match(new WatchEvent.Cases<Void>() {
            @Override
            public Void snapshot(WatchEvent.Snapshot snapshot) {
                boolean isAnew = snapshot.index() < feed.toldIndex(snapshot.service());
                feed.take(snapshot, now);
                offer(feed, snapshot.service(), snapshot.index(), Set.of(), isAnew);
                return null;
            }

            @Override
            public Void change(WatchEvent.Change change) {
                feed.take(change, now);
                offer(feed, change.service(), change.to(), new HashSet<>(change.removed()), false);
                return null;
            }

            @Override
            public Void sync(WatchEvent.Sync sync) {
                // A stream that goes on says first where; what has happened since comes behind that.
                if (!feed.take(sync, now)) {
                    Desk.this.sync(feed, sync.index(), now);
                }
                return null;
            }
        });
        if (trust.heard(feed)) {
            LOG.atInfo().log("streams come through again; the services are followed by them");
        }
        reachability.update();
        if (reachability.problem() != null && isWell()) {
            reachability.mended();
        }
    }

    private boolean isWell() {
        return feeds.open().stream().noneMatch(Feed::isInterrupted)
                && shelf.entries().stream().allMatch(entry -> entry.refusal == null);
    }

    /** Takes what a feed was told of a service, unless another one knows it better. */
    private void offer(Feed feed, ServiceKey service, long upTo, Set<InstanceId> removed, boolean isAnew) {
        Entry entry = shelf.get(service);
        if (entry == null || (entry.owner != feed && feed.isSuperseded())) {
            return;
        }
        News news = new News(
                feed.toldIndex(service),
                upTo,
                feed.told(service),
                ViewSource.WATCH,
                lane.nanos(),
                feed.connection(),
                removed,
                isAnew);
        boolean isForeign = entry.owner != feed && hasLivingOwner(entry);
        if (isForeign && news.isEmpty() && !entry.view().instances().isEmpty()) {
            // Its own feed will tell each removal, which is a proof.
            return;
        }
        Verdict verdict = shelf.take(entry, news);
        if (verdict == Verdict.OLDER) {
            entry.matchesOwner &= entry.owner != feed;
            return;
        }
        entry.refusal = null;
        feeds.own(entry, feed);
        entry.matchesOwner = verdict != Verdict.HELD;
    }

    private boolean hasLivingOwner(Entry entry) {
        Feed owner = entry.owner;
        return owner != null && !owner.isClosed() && owner.isHeardWithin(silence, lane.nanos());
    }

    @Override
    public void known(Feed feed) {
        long nowNanos = lane.nanos();
        if (!feed.confirmsNow(CONFIRMING, nowNanos)) {
            return;
        }
        for (ServiceKey service : feed.owned()) {
            Entry entry = shelf.get(service);
            if (entry != null && entry.matchesOwner) {
                shelf.confirm(entry, ViewSource.WATCH, nowNanos);
            }
        }
    }

    /** Nothing happened to the services of a feed but what it told, up to an index. */
    private void sync(Feed feed, long index, long nowNanos) {
        boolean isContradicted = false;
        boolean isBehind = false;
        for (ServiceKey service : feed.services()) {
            Entry entry = shelf.get(service);
            if (entry == null || feed.toldIndex(service) == 0) {
                continue;
            }
            isBehind |= index < entry.view().index();
            if (entry.owner != feed) {
                offer(feed, service, index, Set.of(), false);
            } else if (entry.matchesOwner) {
                shelf.confirm(entry, ViewSource.WATCH, nowNanos);
            } else {
                isContradicted |=
                        !entry.belief().isHolding() && index >= entry.view().index();
            }
        }
        Duration behind = feed.behind(isBehind, nowNanos);
        if (isContradicted) {
            instruments.add(DirectoryCount.MISMATCHES);
            LOG.atWarn().addKeyValue("index", index).log("a stream has left out what a read has told; it begins anew");
        }
        if (isContradicted || behind.compareTo(silence) > 0) {
            feeds.replace(feed);
        }
    }

    @Override
    public void interrupted(Feed feed, String detail) {
        reachability.failed(detail);
        boolean givesUp = trust.ended(feed, lane.nanos());
        feed.interrupt();
        if (trust.wantsRead()) {
            reads.probe();
        }
        if (givesUp) {
            instruments.add(DirectoryCount.FALLBACKS);
            LOG.atWarn()
                    .addKeyValue("detail", detail)
                    .log("reads are answered and streams do not come through; the services are read now and then");
            feeds.closeAll();
        }
        reachability.update();
    }

    @Override
    public void refused(Feed feed, Refusal refusal) {
        reachability.failed(refusal.toString());
        if (feeds.split(feed)) {
            return;
        }
        ServiceKey service = feed.services().get(0);
        Entry entry = shelf.get(service);
        if (entry == null) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("service", service)
                .addKeyValue("refusal", refusal)
                .log("the registry refuses that a service is watched; it is asked again later");
        entry.refusal = refusal.toString();
        entry.handle().settle();
        int refusedIn = generation;
        lane.after(options.streamRetryInterval(), () -> {
            if (refusedIn == generation && entry.refusal != null) {
                entry.refusal = null;
                feeds.want(service);
            }
        });
    }

    @Override
    public boolean isStreamed(Entry entry) {
        return !trust.isGivenUp() && entry.matchesOwner && hasLivingOwner(entry);
    }

    @Override
    public void mistrust(Entry entry) {
        Feed owner = entry.owner;
        if (owner != null) {
            feeds.replace(owner);
        }
    }

    @Override
    public void readEnded(long begunNanos, boolean isAnswered, @Nullable String problem) {
        trust.read(isAnswered, begunNanos);
        if (problem != null) {
            reachability.failed(problem);
        }
        reachability.update();
    }

    /** To be called several times a second. */
    void tick() {
        if (reachability.isClosed()) {
            return;
        }
        shelf.tick();
        feeds.tick();
        if (trust.triesNow(lane.nanos())) {
            shelf.entries().forEach(entry -> feeds.want(entry.service()));
        }
        reads.tick();
        if (cache != null) {
            cache.tick(shelf.entries());
        }
        reachability.update();
    }

    /** Forgets all that is known, also on disk, and asks anew. */
    void clear() {
        generation++;
        reachability.forget();
        feeds.closeAll();
        reads.forget();
        trust.forget();
        if (cache != null) {
            cache.forget(shelf.entries());
        }
        for (Entry entry : shelf.entries()) {
            feeds.own(entry, null);
            entry.refusal = null;
        }
        shelf.forget();
        shelf.entries().forEach(entry -> feeds.want(entry.service()));
        reachability.update();
    }

    /** Ends all; returns what is to be written at the end. */
    Runnable close() {
        feeds.closeAll();
        Runnable last = cache == null ? () -> {} : cache.last(shelf.entries());
        shelf.entries().forEach(entry -> entry.handle().settle());
        reachability.close();
        return last;
    }

    Reachability reachability() {
        return reachability;
    }

    /** How many streams are held; on any thread. */
    int streams() {
        return feeds.size();
    }
}
