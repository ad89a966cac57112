package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ContentType;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A replicated registry without replication: changes made up by tests, what was true at each index, and all that was. */
final class Registry implements PastTouches {

    final TreeMap<Long, CatalogSnapshot> history = new TreeMap<>();
    final List<ChangeBatch> log = new ArrayList<>();
    private final CatalogView view = new CatalogView();
    private final Map<InstanceKey, Instance> instances = new TreeMap<>();
    private final List<RegistryChange> pending = new ArrayList<>();
    private long index = 1;

    Registry() {
        history.put(0L, view.current());
    }

    long index() {
        return index;
    }

    Registry put(String service, String id, InstanceStatus status, Map<String, String> tags) {
        var key = InstanceKey.of("default", service, id);
        var before = instances.get(key);
        var registration = Registration.builder(key)
                .address("10.0.0.1", 80)
                .tags(tags)
                .version("1." + index)
                .build();
        var time = Instant.ofEpochMilli(index);
        index++;
        var created = before == null ? index : before.createIndex();
        var after = new Instance(registration, created, status, "", time, null, false, time, created, index);
        instances.put(key, after);
        pending.add(new InstanceChanged(index, before, after));
        return this;
    }

    Registry put(String service, String id) {
        return put(service, id, InstanceStatus.PASSING, Map.of());
    }

    Registry remove(String service, String id) {
        var before = instances.remove(InstanceKey.of("default", service, id));
        if (before != null) {
            index++;
            pending.add(new InstanceRemoved(index, before));
        }
        return this;
    }

    private static final int VERSIONS_KEPT = 100;

    final TreeMap<ConfigKey, List<ConfigEntry>> versions = new TreeMap<>();
    final List<ConfigEntry> configChanges = new ArrayList<>();
    boolean hasForgotten;

    /** The next version of a key, which is deleted by it or is not. */
    Registry config(String path, boolean isDeleted) {
        var key = ConfigKey.of("default", path);
        var kept = versions.computeIfAbsent(key, k -> new ArrayList<>());
        var before = kept.isEmpty() ? null : kept.get(kept.size() - 1);
        index++;
        var after = new ConfigEntry(
                key,
                before == null ? 1 : before.version() + 1,
                before == null ? index : before.createIndex(),
                index,
                Instant.ofEpochMilli(index),
                ContentType.DEFAULT,
                isDeleted ? 0 : 3,
                false,
                isDeleted,
                "somebody");
        kept.add(after);
        configChanges.add(after);
        pending.add(new ConfigChanged(index, before, after));
        return this;
    }

    /** Forgets a key, if it is deleted; another one of its path begins at version 1. */
    Registry forget(String path) {
        var key = ConfigKey.of("default", path);
        var kept = versions.getOrDefault(key, List.of());
        if (!kept.isEmpty() && kept.get(kept.size() - 1).deleted()) {
            index++;
            versions.remove(key);
            pending.add(new ConfigForgotten(index, kept.get(kept.size() - 1)));
            hasForgotten = true;
        }
        return this;
    }

    /** Those of the newest versions that are kept. */
    ConfigEntry version(ConfigKey key, long version) {
        var kept = versions.getOrDefault(key, List.of());
        return version > kept.size() || version <= kept.size() - VERSIONS_KEPT ? null : kept.get((int) version - 1);
    }

    /** Makes one log entry of the changes since the last. */
    ChangeBatch commit() {
        var batch = new ChangeBatch(log.size() + 1, index, index, pending);
        pending.clear();
        log.add(batch);
        view.changed(batch);
        history.put(index, view.current());
        return batch;
    }

    /** What a selection held at an index: ids with the index of their last change. */
    Map<String, Long> selected(ServiceKey service, Interest interest, long at) {
        var selected = new TreeMap<String, Long>();
        // An event ends where an entry ends, or where nothing that follows in the entry touches the selection.
        var entry = history.ceilingEntry(at);
        var state = entry.getValue().service(service);
        for (InstanceEntry one : (state == null ? ServiceState.empty(service) : state).instances()) {
            if (interest.selects(one.instance())) {
                selected.put(one.instance().key().id().value(), one.instance().modifyIndex());
            }
        }
        return selected;
    }

    @Override
    public Optional<Touched> touched(ServiceKey service, Predicate<Instance> selects, long after, long until) {
        var last = 1L;
        var touches = new ArrayList<PastTouch>();
        for (var batch : log) {
            for (var change : batch.changes()) {
                if (change instanceof ConfigChanged || change instanceof ConfigForgotten) {
                    continue;
                }
                var before = change instanceof InstanceChanged changed
                        ? changed.before()
                        : ((InstanceRemoved) change).before();
                var is = change instanceof InstanceChanged changed ? changed.after() : null;
                var key = is == null ? before.key() : is.key();
                var wasSelected = before != null && selects.test(before);
                var isSelected = is != null && selects.test(is);
                if (!key.service().equals(service) || !(wasSelected || isSelected) || change.index() > until) {
                    continue;
                }
                if (change.index() <= after) {
                    last = change.index();
                } else {
                    touches.add(new PastTouch(change.index(), key.id(), wasSelected, isSelected));
                }
            }
        }
        return Optional.of(new Touched(last, touches));
    }
}
