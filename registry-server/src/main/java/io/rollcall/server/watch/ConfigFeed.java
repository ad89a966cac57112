package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.view.ConfigScope;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who follows the same keys, and the frames that they share. Confined to the hub's thread. */
final class ConfigFeed {

    /** Changes whose frames are kept between two sweeps. Who is elsewhere has frames of his own. */
    private static final int FRAMES_MAX = 64;

    final ConfigScope scope;
    final Set<ConfigStream> streams = new LinkedHashSet<>(2);
    private final Map<Span, Frame> frames = new LinkedHashMap<>(2) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Span, Frame> eldest) {
            return size() > FRAMES_MAX;
        }
    };

    private record Span(long from, long to) {}

    ConfigFeed(ConfigScope scope) {
        this.scope = scope;
    }

    /**
     * The event of a change. Where it begins is the same for nearly all, since each is told of each change; not for those
     * who have begun since keys were forgotten.
     */
    Frame change(long from, ConfigEntry change, @Nullable String traceParent) {
        return frames.computeIfAbsent(
                new Span(from, change.modifyIndex()), span -> ConfigEvents.change(scope, from, change, traceParent));
    }

    /** Frees what was encoded; a frame that is asked for again is made again. */
    void forgetFrames() {
        frames.clear();
    }
}
