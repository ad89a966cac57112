package io.rollcall.client.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an event of a watch changed about one instance.
 *
 * @param key which
 * @param before null if it came
 * @param after null if it went, or is not selected any more
 */
public record InstanceChange(
        InstanceKey key,
        @Nullable Instance before,
        @Nullable Instance after) {

    /**
     * Tells what an event changes about what is known.
     *
     * @param known what the events before it came to; it has not taken this one yet
     * @param event the next one
     * @return sorted by id; instances that the event holds and that are the same are left out
     */
    public static List<InstanceChange> of(WatchedServices known, WatchEvent event) {
        return event.match(new WatchEvent.Cases<>() {
            @Override
            public List<InstanceChange> snapshot(WatchEvent.Snapshot snapshot) {
                Map<String, Instance> present = byId(known.instances(snapshot.service()));
                List<Instance> gone = new ArrayList<>(present.values());
                snapshot.instances()
                        .forEach(instance -> gone.removeIf(old -> old.key().equals(instance.key())));
                return changes(present, snapshot.instances(), gone);
            }

            @Override
            public List<InstanceChange> change(WatchEvent.Change change) {
                Map<String, Instance> present = byId(known.instances(change.service()));
                List<Instance> gone = new ArrayList<>();
                change.removed().forEach(id -> {
                    Instance before = present.get(id.value());
                    if (before != null) {
                        gone.add(before);
                    }
                });
                return changes(present, change.upserted(), gone);
            }

            @Override
            public List<InstanceChange> sync(WatchEvent.Sync sync) {
                return List.of();
            }
        });
    }

    private static Map<String, Instance> byId(List<Instance> instances) {
        Map<String, Instance> byId = new TreeMap<>();
        instances.forEach(instance -> byId.put(instance.key().id().value(), instance));
        return byId;
    }

    private static List<InstanceChange> changes(
            Map<String, Instance> present, List<Instance> upserted, List<Instance> gone) {
        Map<String, InstanceChange> changes = new TreeMap<>();
        for (Instance after : upserted) {
            String id = after.key().id().value();
            Instance before = present.get(id);
            if (!after.equals(before)) {
                changes.put(id, new InstanceChange(after.key(), before, after));
            }
        }
        for (Instance before : gone) {
            changes.put(before.key().id().value(), new InstanceChange(before.key(), before, null));
        }
        return Collections.unmodifiableList(new ArrayList<>(changes.values()));
    }
}
