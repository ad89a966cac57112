package io.rollcall.client.directory;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.directory.Belief.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of all services that were asked for, and whom changes of it are told. Confined to the lane. */
final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final DirectoryOptions options;
    private final Lane lane;
    private final Aging aging;
    private final Notices notices;
    private final Instruments instruments;
    private final Map<ServiceKey, Entry> entries = new LinkedHashMap<>();

    Shelf(DirectoryOptions options, Lane lane, Aging aging, Notices notices, Instruments instruments) {
        this.options = options;
        this.lane = lane;
        this.aging = aging;
        this.notices = notices;
        this.instruments = instruments;
    }

    Entry add(ServiceHandle handle) {
        Belief belief = new Belief(handle.nothing(), options.emptyListPolicy());
        Entry entry = new Entry(handle, belief, lane.nanos());
        entries.put(handle.service(), entry);
        return entry;
    }

    @Nullable
    Entry get(ServiceKey service) {
        return entries.get(service);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** Takes what the registry says of a service. */
    Verdict take(Entry entry, News news) {
        ServiceView before = entry.view();
        boolean wasHolding = entry.belief().isHolding();
        if (entry.belief().isOtherHistory(news)) {
            count(DirectoryCount.OTHER_HISTORIES);
            LOG.atWarn()
                    .addKeyValue("service", entry.service())
                    .addKeyValue("known", before.index())
                    .addKeyValue("index", news.index())
                    .log("the registry has another history than the one known: it was restored, or is another one");
        }
        Verdict verdict = entry.belief().take(news, lane.nanos());
        switch (verdict) {
            case OLDER -> count(DirectoryCount.OLDER_IGNORED);
            case EMPTIED -> emptied(entry);
            case HELD -> {
                if (!wasHolding) {
                    held(entry);
                }
            }
            case CHANGED, SAME -> {}
        }
        publish(entry, before);
        return verdict;
    }

    private void held(Entry entry) {
        count(DirectoryCount.EMPTIES_KEPT);
        LOG.atWarn()
                .addKeyValue("service", entry.service())
                .addKeyValue("instances", entry.view().instances().size())
                .addKeyValue("policy", options.emptyListPolicy())
                .log("the registry says without proof that there are no instances any more; they are kept");
    }

    private void emptied(Entry entry) {
        count(DirectoryCount.EMPTIES_UNPROVED);
        LOG.atWarn()
                .addKeyValue("service", entry.service())
                .log("it is believed without proof that there are no instances any more");
    }

    /** What is known was still so then. */
    void confirm(Entry entry, ViewSource source, long atNanos) {
        ServiceView before = entry.view();
        entry.belief().confirm(source, atNanos);
        publish(entry, before);
    }

    /** Takes what an earlier run has left; says whether it is of use. */
    boolean recall(Entry entry, CacheEntry cached, Duration age) {
        ServiceView before = entry.view();
        long knownAtNanos = lane.nanos() - age.toNanos();
        if (!entry.belief().recall(cached.index(), cached.instances(), knownAtNanos)) {
            return false;
        }
        count(DirectoryCount.DISK_LOADS);
        entry.savedInstances = entry.view().instances();
        entry.savedAtNanos = knownAtNanos;
        publish(entry, before);
        return !cached.instances().isEmpty();
    }

    /** Nothing is known any more. */
    void forget() {
        for (Entry entry : entries.values()) {
            ServiceView before = entry.view();
            entry.belief().forget(entry.handle().nothing());
            entry.handle().forget();
            entry.savedInstances = null;
            entry.nextReadNanos = null;
            if (before.isKnown()) {
                tellChange(entry, before);
            }
        }
    }

    /** Looks at what becomes true by the mere passing of time. */
    void tick() {
        for (Entry entry : entries.values()) {
            ServiceView before = entry.view();
            if (entry.belief().tick(lane.nanos())) {
                emptied(entry);
            }
            ServiceView view = entry.view();
            if (view.isKnown() && !view.isMarkedStale() && aging.isStale(view.age())) {
                turnStale(entry);
            }
            publish(entry, before);
        }
    }

    private void turnStale(Entry entry) {
        entry.belief().turnStale();
        count(DirectoryCount.TURNED_STALE);
        LOG.atWarn()
                .addKeyValue("service", entry.service())
                .addKeyValue("ageMillis", entry.view().age().toMillis())
                .addKeyValue("action", options.staleAction())
                .log("what is known of a service is older than maxStaleness");
    }

    private void publish(Entry entry, ServiceView before) {
        ServiceView after = entry.view();
        if (after == before) {
            return;
        }
        entry.handle().publish(after);
        if (after.source().isLive()) {
            entry.handle().settle();
        }
        if (!before.isKnown() || before.instances() != after.instances()) {
            count(DirectoryCount.CHANGES);
            tellChange(entry, before);
        }
        if (after.isMarkedStale() && !before.isMarkedStale()) {
            notices.tell(listener -> listener.onStale(entry.service(), after));
        }
    }

    private void tellChange(Entry entry, ServiceView before) {
        ServiceView after = entry.view();
        notices.tell(listener -> listener.onChange(entry.service(), before, after));
    }

    private void count(DirectoryCount count) {
        instruments.add(count);
    }
}
