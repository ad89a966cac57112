package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.server.view.ConfigScope;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who follows the same keys, and the frames that they share. Confined to the hub's thread. */
final class ConfigFeed {

    /** Changes whose frames are kept between two sweeps. Who is elsewhere has frames of his own. */
    private static final int FRAMES_MAX = 64;

    final ConfigScope scope;
    final Set<ConfigStream> streams = new LinkedHashSet<>(2);
    private final Map<Long, Frame> frames = new LinkedHashMap<>(2) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Frame> eldest) {
            return size() > FRAMES_MAX;
        }
    };

    ConfigFeed(ConfigScope scope) {
        this.scope = scope;
    }

    /** The event of a change; where it begins is the same for all, since each is told of each change. */
    Frame change(long from, ConfigEntry change) {
        return frames.computeIfAbsent(change.modifyIndex(), to -> ConfigEvents.change(scope, from, change));
    }

    /** Frees what was encoded; a frame that is asked for again is made again. */
    void forgetFrames() {
        frames.clear();
    }
}
