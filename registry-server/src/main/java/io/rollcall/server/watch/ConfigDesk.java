package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.ConfigScopes;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All that follow configuration, and what they are told from. Confined to the hub's thread. */
final class ConfigDesk {

    /** The latest changes whose traces their readers continue. */
    private static final int TRACES_MAX = 256;

    private final ConfigRing ring;
    private final ConfigPages pages = new ConfigPages();
    private final ConfigScopes<ConfigFeed> feeds = new ConfigScopes<>();
    private final ConfigLookup lookup;
    private final Streams streams;
    private final Map<Long, String> traceParents = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > TRACES_MAX;
        }
    };

    /**
     * A desk that nobody follows at.
     *
     * @param ring the latest changes
     * @param lookup the way to earlier ones
     * @param streams all streams of the node
     */
    ConfigDesk(ConfigRing ring, ConfigLookup lookup, Streams streams) {
        this.ring = ring;
        this.lookup = lookup;
        this.streams = streams;
    }

    ConfigRing ring() {
        return ring;
    }

    ConfigPages pages() {
        return pages;
    }

    int feeds() {
        return feeds.size();
    }

    /** Takes what has happened, and tells it. */
    void apply(ChangeQueue.News news, CatalogSnapshot current, Notice notice) {
        List<ConfigStream> woken = new ArrayList<>();
        if (news.lost()) {
            // It is not lost to these: the store has it, and they look there whether there is anything for them.
            ring.restart(current.appliedIndex());
            feeds.all().forEach(feed -> feed.streams.forEach(stream -> wake(stream, woken)));
        }
        for (RegistryChange change : news.changes()) {
            if (change instanceof ConfigChanged changed) {
                apply(changed.after(), woken, notice);
            } else if (change instanceof ConfigForgotten) {
                // Of what was told before, the last may have been of a key that is not known any more.
                ring.restart(change.index());
                pages.forgetAll();
            }
        }
        streams.flush(woken);
    }

    private void apply(ConfigEntry change, List<ConfigStream> woken, Notice notice) {
        ring.add(change);
        String traceParent = notice.traceParent(change.key(), change.modifyIndex());
        if (traceParent != null) {
            traceParents.put(change.modifyIndex(), traceParent);
        }
        for (ConfigFeed feed : feeds.holding(change.key())) {
            for (ConfigStream stream : feed.streams) {
                if (stream.touched(change.modifyIndex())) {
                    notice.told(change.key(), stream);
                    wake(stream, woken);
                }
            }
        }
    }

    /** What readers of a change continue its trace with; null if that is not sampled, or long ago. */
    @Nullable
    String traceParent(long index) {
        return traceParents.get(index);
    }

    private static void wake(ConfigStream stream, List<ConfigStream> woken) {
        if (!stream.dirty) {
            stream.dirty = true;
            woken.add(stream);
        }
    }

    void open(ConfigOrder order, EventSink sink, CompletableFuture<Admission> opened) {
        if (streams.admits(opened)) {
            ConfigFeed feed = feeds.getOrAdd(order.scope(), () -> new ConfigFeed(order.scope()));
            ConfigStream stream = new ConfigStream(this, feed, streams.newSubscription(), order, sink);
            feed.streams.add(stream);
            streams.attach(stream, () -> detached(stream), opened);
        }
    }

    private void detached(ConfigStream stream) {
        ConfigFeed feed = stream.feed;
        feed.streams.remove(stream);
        if (feed.streams.isEmpty()) {
            feeds.remove(feed.scope);
        }
    }

    /** Has what a stream needs looked up. */
    void look(ConfigStream stream) {
        lookup.look(stream, () -> streams.flush(List.of(stream)));
    }

    /** Forgets what nobody needs, and begins again what could not begin. */
    void sweep() {
        feeds.all().forEach(ConfigFeed::forgetFrames);
        pages.forgetUnused();
        lookup.lookOn();
    }
}
