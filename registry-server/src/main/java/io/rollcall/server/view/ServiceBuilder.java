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

    ServiceBuilder(ServiceState base) {
        this.base = base;
        this.counts = new StatusCounts.Builder(base.counts());
        this.entries = base.entries();
        this.indexes = base.indexes();
    }

    void indexes(Map<InstanceStatus, Long> lastIndexes) {
        indexes = StatusIndexes.of(lastIndexes);
    }

    void touch(InstanceStatus status, long index) {
        indexes = indexes.with(status, index);
    }

    void replace(@Nullable Instance before, @Nullable Instance after) {
        if (before != null) {
            counts.add(before, -1);
        }
        if (after != null) {
            counts.add(after, 1);
            entries = entries.plus(after.key().id().value(), new InstanceEntry(after));
        } else if (before != null) {
            entries = entries.minus(before.key().id().value());
        }
    }

    ServiceState build() {
        return new ServiceState(base.key(), indexes, counts.build(), entries);
    }
}
