package io.rollcall.cli.demo;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Selection;
import io.rollcall.client.answer.InstancePage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how the status of instances has changed since it looked last. Not thread-safe. */
final class StatusChanges {

    private final RegistryClient registry;
    private Map<InstanceKey, Instance> known = new LinkedHashMap<>();
    private long index;

    StatusChanges(RegistryClient registry) {
        this.registry = registry;
    }

    /** One sentence a change; empty if there is none, and if nobody answers. */
    List<String> take() {
        Outcome<InstancePage> outcome = registry.instances(Selection.any(), ReadOptions.stale());
        // A node that is behind the one that was asked last would show changes backwards.
        if (!(outcome instanceof Outcome.Done<InstancePage> done)
                || done.value().index() < index) {
            return List.of();
        }
        index = done.value().index();
        Map<InstanceKey, Instance> found = new LinkedHashMap<>();
        done.value().instances().forEach(instance -> found.put(instance.key(), instance));
        List<String> changes = new ArrayList<>();
        found.forEach((key, instance) -> addIfPresent(changes, change(known.get(key), instance)));
        // What is not on the first page is not gone.
        if (done.value().cursor() == null) {
            known.keySet().stream()
                    .filter(key -> !found.containsKey(key))
                    .forEach(key -> changes.add(key.id() + " is not registered any more"));
        }
        known = found;
        return changes;
    }

    boolean isPassing(InstanceKey key) {
        Instance instance = known.get(key);
        return instance != null && instance.status().takesTraffic();
    }

    private static @Nullable String change(@Nullable Instance before, Instance now) {
        if (before == null || before.incarnation() != now.incarnation()) {
            return now.key().id() + (before == null ? " registered: " : " registered anew: ") + standing(now);
        }
        String from = standing(before);
        String to = standing(now);
        if (from.equals(to)) {
            return null;
        }
        String reason = now.statusReason();
        return now.key().id() + "  " + from + " -> " + to + (reason.isEmpty() ? "" : "  (" + reason + ")");
    }

    private static String standing(Instance instance) {
        return instance.status().wireName() + (instance.suspect() ? ", suspect" : "");
    }

    private static void addIfPresent(List<String> changes, @Nullable String change) {
        if (change != null) {
            changes.add(change);
        }
    }
}
