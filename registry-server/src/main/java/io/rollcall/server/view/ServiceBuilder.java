package io.rollcall.server.view;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** The next state of one service in the making. A change costs the path in a tree, not a copy of the service. */
final class ServiceBuilder {

    private final ServiceState base;
    private final StatusCounts.Builder counts;
    private TreePMap<String, InstanceEntry> entries;
    private StatusIndexes indexes;
    private boolean changed;

    ServiceBuilder(ServiceState base) {
        this.base = base;
        this.counts = new StatusCounts.Builder(base.counts());
        this.entries = base.entries();
        this.indexes = base.indexes();
    }

    void indexes(Map<InstanceStatus, Long> lastIndexes) {
        indexes = StatusIndexes.of(lastIndexes);
        changed = true;
    }

    void touch(InstanceStatus status, long index) {
        indexes = indexes.with(status, index);
        changed = true;
    }

    void replace(@Nullable Instance before, @Nullable Instance after) {
        changed = true;
        if (before != null) {
            counts.add(before, -1);
        }
        if (after != null) {
            counts.add(after, 1);
            String id = after.key().id().value();
            InstanceEntry present = entries.get(id);
            entries = entries.plus(id, present == null ? new InstanceEntry(after) : present.with(after));
        } else if (before != null) {
            entries = entries.minus(before.key().id().value());
        }
    }

    /** Notes a lease; that changes no answer. */
    void mark(String id, long lastHeartbeatMillis, long silentMillis) {
        InstanceEntry present = entries.get(id);
        if (present == null) {
            throw new IllegalStateException("a mark of the lease of nobody: " + base.key() + " " + id);
        }
        entries = entries.plus(id, present.marked(lastHeartbeatMillis, silentMillis));
    }

    ServiceState build() {
        return changed ? new ServiceState(base.key(), indexes, counts.build(), entries) : base.marked(entries);
    }
}
