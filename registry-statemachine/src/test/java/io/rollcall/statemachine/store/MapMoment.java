package io.rollcall.statemachine.store;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.codec.StateCodec;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A moment of a store in memory: a copy of its state. */
final class MapMoment implements Moment {

    private final MapTables tables;

    MapMoment(MapTables tables) {
        this.tables = tables;
    }

    @Override
    public AppliedPosition applied() {
        return tables.position;
    }

    @Override
    public HistoryRecord history() {
        HistoryRecord kept = tables.history.get(Table.HISTORY_KEY);
        return kept == null ? HistoryRecord.beginningAt(tables.position, tables.services.isEmpty()) : kept;
    }

    @Override
    public @Nullable InstanceRecord instance(InstanceKey key) {
        return tables.instances.get(key);
    }

    @Override
    public @Nullable ServiceRecord service(ServiceKey key) {
        return tables.services.get(key);
    }

    @Override
    public @Nullable EventMark oldestEvent() {
        return tables.events.values().stream()
                .findFirst()
                .map(event -> new EventMark(
                        event.index(), event.timeMillis(), EventRow.of(event).bytes()))
                .orElse(null);
    }

    @Override
    public void forEachInstance(ServiceKey service, Consumer<InstanceRecord> consumer) {
        tables.instances.values().stream()
                .filter(found -> found.key().service().equals(service))
                .forEach(consumer);
    }

    @Override
    public void forEachService(Namespace namespace, Consumer<ServiceRecord> consumer) {
        tables.services.values().stream()
                .filter(found -> found.key().namespace().equals(namespace))
                .forEach(consumer);
    }

    @Override
    public void eventsBack(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        visit(service, tables.events.headMap(fromIndex, true).descendingMap(), visitor);
    }

    @Override
    public void eventsForward(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        visit(service, tables.events.tailMap(fromIndex, true), visitor);
    }

    private static void visit(ServiceKey service, Map<Long, EventRecord> events, Predicate<StoredEvent> visitor) {
        for (EventRecord event : events.values()) {
            StoredEvent stored = new StoredEvent(event.index(), StateCodec.EVENT.encode(event));
            if (event.key().service().equals(service) && !visitor.test(stored)) {
                return;
            }
        }
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return tables.keyset.get(Table.KEYSET_KEY);
    }

    @Override
    public void instancesFrom(@Nullable InstanceKey from, Predicate<InstanceRecord> visitor) {
        var unused = tables.instances.values().stream()
                .filter(instance -> from == null || instance.key().compareTo(from) >= 0)
                .allMatch(visitor);
    }

    @Override
    public void configVersionsFrom(
            @Nullable ConfigVersionKey from, BiPredicate<ConfigRecord, @Nullable ConfigValue> visitor) {
        var unused = tables.configVersions.values().stream()
                .filter(version -> from == null || version.versionKey().compareTo(from) >= 0)
                .allMatch(version -> visitor.test(version, tables.configValues.get(version.versionKey())));
    }

    @Override
    public void eventsFrom(long index, Predicate<EventRecord> visitor) {
        var unused = tables.events.tailMap(index, true).values().stream().allMatch(visitor);
    }

    @Override
    public boolean hasRequestsUntil(long timeMillis) {
        return tables.requests.values().stream().anyMatch(request -> request.appliedAtMillis() <= timeMillis);
    }

    @Override
    public long configVersions() {
        return tables.configVersions.size();
    }

    @Override
    public long indexAt(long timeMillis) {
        return tables.events.values().stream()
                .filter(event -> event.timeMillis() <= timeMillis)
                .mapToLong(EventRecord::index)
                .max()
                .orElse(history().fromIndex());
    }
}
