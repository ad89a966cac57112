package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.watch.ConfigFound.Beginning;
import io.rollcall.server.watch.ConfigFound.Page;
import io.rollcall.server.watch.WatchCounters.Count;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A watcher of configuration, who is told of each change. It holds where it is; what comes behind that is in the ring,
 * or is looked up in the store.
 */
final class ConfigStream extends Stream {

    final ConfigFeed feed;
    private final Predicate<ConfigKey> sees;
    private final ConfigDesk desk;

    // Everything up to it was sent.
    private long position;
    // Where the last event ended that the reader has; 0 as long as that is not known of a resumed one.
    private long told;
    // What the reader may resume at; never falls.
    private long safe;
    private boolean hasBegun;
    private boolean resuming;
    private boolean looking;
    private boolean woken;
    private boolean more;
    private @Nullable ConfigPieces pieces;

    ConfigStream(ConfigDesk desk, ConfigFeed feed, String subscription, ConfigOrder order, EventSink sink) {
        super(subscription, order.subscriber(), sink);
        this.desk = desk;
        this.feed = feed;
        this.sees = order.sees();
        this.position = order.resumeAt();
        this.safe = order.resumeAt();
        this.resuming = order.resumeAt() > 0;
        this.hasBegun = resuming;
    }

    @Override
    @Nullable
    Write begin(CatalogSnapshot current, WatchCounters counters) {
        counters.add(Count.RESUMES, resuming ? 1 : 0);
        return resuming ? hello(safe) : null;
    }

    /** Notes a change of a key that it follows; false if it knows that already. */
    boolean touched(long index) {
        boolean isNews = index > position;
        if (isNews && isUpToDate()) {
            // Whatever came since it looked last was of other keys, and may be forgotten.
            position = index - 1;
        }
        woken |= isNews;
        return isNews;
    }

    @Override
    @Nullable
    Write next(CatalogSnapshot current, WatchCounters counters) {
        ConfigPieces present = pieces;
        if (present != null && !present.hasEnded()) {
            counters.add(Count.EVENTS, 1);
            counters.add(Count.SNAPSHOTS, 1);
            return new Write(WRITE_BYTES, present::next);
        }
        if (present != null) {
            safe = present.idBehind();
            pieces = null;
        }
        if (!hasBegun) {
            look();
        }
        return looking ? null : changes(current.appliedIndex(), counters);
    }

    private void look() {
        if (!looking) {
            looking = true;
            desk.look(this);
        }
    }

    private @Nullable Write changes(long applied, WatchCounters counters) {
        Outgoing outgoing = new Outgoing();
        while (!looking && position < applied && outgoing.size() < WRITE_BYTES) {
            if (desk.ring().reachesBackTo(position) && knowsWhereItIs()) {
                if (desk.ring().after(position, change -> add(change, outgoing, counters))) {
                    position = applied;
                }
            } else {
                addPage(outgoing, counters);
            }
        }
        more = !looking && position < applied;
        if (!looking) {
            resuming = false;
        }
        if (woken && (outgoing.size() > 0 || position >= applied)) {
            woken = false;
            counters.add(outgoing.size() > 0 ? Count.WAKEUPS : Count.USELESS_WAKEUPS, 1);
        }
        return outgoing.size() > 0 ? new Write(outgoing.size(), outgoing::parts) : null;
    }

    private boolean knowsWhereItIs() {
        if (told == 0) {
            ConfigEntry last = desk.ring().lastUpTo(position, feed.scope);
            told = last == null ? 0 : last.modifyIndex();
        }
        return told > 0;
    }

    private void addPage(Outgoing outgoing, WatchCounters counters) {
        Page page = desk.pages().covering(feed.scope, position);
        if (page == null) {
            look();
            return;
        }
        if (told == 0) {
            told = page.toldAt(position);
        }
        for (ConfigEntry change : page.changes()) {
            if (change.modifyIndex() > position && !add(change, outgoing, counters)) {
                return;
            }
        }
        position = page.until();
    }

    /** Takes the next change; false if the write is full. */
    private boolean add(ConfigEntry change, Outgoing outgoing, WatchCounters counters) {
        if (outgoing.size() >= WRITE_BYTES) {
            return false;
        }
        position = change.modifyIndex();
        if (feed.scope.holds(change.key()) && sees.test(change.key())) {
            outgoing.add(feed.change(told, change, desk.traceParent(position)), position, subscription);
            counters.add(Count.EVENTS, 1);
            told = position;
            safe = position;
        }
        return true;
    }

    ConfigScope scope() {
        return feed.scope;
    }

    /** The registry index behind which a look has to find what happened; -1 if it has to find all there is. */
    long lookedForAfter() {
        return hasBegun ? position : -1;
    }

    /** Whether others have found meanwhile what is looked for. */
    boolean isFoundAlready() {
        return hasBegun && desk.pages().covering(feed.scope, position) != null;
    }

    /** Takes what a look has found; null if that is in the pages by now. */
    void found(@Nullable ConfigFound found, WatchCounters counters) {
        looking = false;
        if (found instanceof Page page) {
            desk.pages().add(feed.scope, page);
        } else if (found instanceof Beginning beginning) {
            if (hasBegun) {
                counters.add(resuming ? Count.RESUMES_BY_SNAPSHOT : Count.RESTARTS, 1);
            }
            hasBegun = true;
            resuming = false;
            woken = false;
            position = Math.max(position, beginning.snapshot().appliedIndex());
            told = beginning.index();
            pieces = new ConfigPieces(feed.scope, beginning, subscription, safe, sees);
        }
        dirty = true;
    }

    @Override
    boolean hasMore(CatalogSnapshot current) {
        return resuming || pieces != null || more;
    }

    @Override
    boolean sync(long index) {
        if (writing || !isUpToDate() || index < position) {
            return false;
        }
        position = index;
        safe = index;
        return true;
    }

    /** Whether it was told of all that the hub knows. */
    private boolean isUpToDate() {
        return hasBegun && !dirty && !looking && pieces == null;
    }
}
