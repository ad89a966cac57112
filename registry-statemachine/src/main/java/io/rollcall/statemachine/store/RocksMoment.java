package io.rollcall.statemachine.store;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A moment of the store in RocksDB: one of its snapshots. */
final class RocksMoment implements Moment {

    private final FrozenDatabase database;
    private final AppliedPosition applied;
    private final HistoryRecord history;
    private final byte[] firstRequestTime;

    RocksMoment(FrozenDatabase database) {
        this.database = database;
        // The head that is in the tables: the one in memory may be ahead of them or behind.
        byte[] head = database.get(ColumnFamily.META, StoreFormat.HEAD_KEY);
        StoreHead read = head == null ? StoreHead.EMPTY : StoreHead.read(head);
        this.applied = read.position();
        this.firstRequestTime = read.firstRequestTime();
        HistoryRecord kept = get(Table.HISTORY, Table.HISTORY_KEY);
        this.history = kept == null ? HistoryRecord.beginningAt(applied, isBlank()) : kept;
    }

    private boolean isBlank() {
        boolean[] isBlank = {true};
        database.scan(ColumnFamily.SERVICES, Keys.FIRST, Keys.FIRST, (key, value) -> isBlank[0] = false);
        return isBlank[0];
    }

    @Override
    public AppliedPosition applied() {
        return applied;
    }

    @Override
    public HistoryRecord history() {
        return history;
    }

    @Override
    public @Nullable InstanceRecord instance(InstanceKey key) {
        return get(Table.INSTANCES, key);
    }

    @Override
    public @Nullable ServiceRecord service(ServiceKey key) {
        return get(Table.SERVICES, key);
    }

    @Override
    public @Nullable EventMark oldestEvent() {
        @Nullable EventMark[] oldest = {null};
        database.scan(ColumnFamily.EVENT_ORDER, Keys.FIRST, Keys.index(history.fromIndex() + 1), (key, value) -> {
            oldest[0] = EventOrder.read(key, value).mark();
            return false;
        });
        return oldest[0];
    }

    private <K, V> @Nullable V get(Table<K, V> table, K key) {
        byte[] bytes = table.toBytes().apply(key);
        byte[] stored = database.get(table.family(), bytes);
        return stored == null ? null : table.decode(bytes, stored);
    }

    @Override
    public void forEachInstance(ServiceKey service, Consumer<InstanceRecord> consumer) {
        forEach(Table.INSTANCES, Keys.prefix(Keys.service(service)), consumer);
    }

    @Override
    public void forEachService(Namespace namespace, Consumer<ServiceRecord> consumer) {
        forEach(Table.SERVICES, Keys.prefix(Keys.namespace(namespace)), consumer);
    }

    private <V> void forEach(Table<?, V> table, byte[] prefix, Consumer<V> consumer) {
        database.scan(table.family(), prefix, prefix, (key, value) -> {
            consumer.accept(table.decode(key, value));
            return true;
        });
    }

    @Override
    public void eventsBack(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        byte[] key = Keys.service(service);
        database.scanBack(
                ColumnFamily.EVENTS,
                Keys.prefix(key),
                Keys.event(key, fromIndex),
                Keys.event(key, history.fromIndex() + 1),
                (event, value) -> visitor.test(new StoredEvent(Keys.indexOf(event), value)));
    }

    @Override
    public void eventsForward(ServiceKey service, long fromIndex, Predicate<StoredEvent> visitor) {
        byte[] key = Keys.service(service);
        database.scan(
                ColumnFamily.EVENTS,
                Keys.prefix(key),
                Keys.event(key, Math.max(fromIndex, history.fromIndex() + 1)),
                (event, value) -> visitor.test(new StoredEvent(Keys.indexOf(event), value)));
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return get(Table.KEYSET, Table.KEYSET_KEY);
    }

    @Override
    public void instancesFrom(@Nullable InstanceKey from, Predicate<InstanceRecord> visitor) {
        byte[] first = from == null ? Keys.FIRST : Keys.instance(from);
        database.scan(
                ColumnFamily.INSTANCES,
                Keys.FIRST,
                first,
                (key, value) -> visitor.test(Table.INSTANCES.decode(key, value)));
    }

    @Override
    public void configVersionsFrom(
            @Nullable ConfigVersionKey from, BiPredicate<ConfigRecord, @Nullable ConfigValue> visitor) {
        byte[] first = from == null ? Keys.FIRST : Keys.configVersion(from);
        database.scan(ColumnFamily.CONFIG_VERSIONS, Keys.FIRST, first, (key, value) -> {
            ConfigRecord version = Table.CONFIG_VERSIONS.decode(key, value);
            return visitor.test(version, get(Table.CONFIG_VALUES, version.versionKey()));
        });
    }

    @Override
    public void eventsFrom(long index, Predicate<EventRecord> visitor) {
        byte[] first = Keys.index(Math.max(index, history.fromIndex() + 1));
        database.scan(ColumnFamily.EVENT_ORDER, Keys.FIRST, first, (key, value) -> {
            byte[] event = database.get(
                    ColumnFamily.EVENTS, EventOrder.read(key, value).eventKey());
            return event == null || visitor.test(EventRow.decode(event));
        });
    }

    @Override
    public boolean hasRequestsUntil(long timeMillis) {
        boolean[] found = {false};
        database.scan(ColumnFamily.REQUEST_TIMES, Keys.FIRST, firstRequestTime, (key, value) -> {
            found[0] = Keys.millisOf(key) <= timeMillis;
            return false;
        });
        return found[0];
    }

    @Override
    public long configVersions() {
        ConfigTotals totals = get(Table.CONFIG_TOTALS, Table.CONFIG_TOTALS_KEY);
        return totals == null ? 0 : totals.versions();
    }

    @Override
    public long indexAt(long timeMillis) {
        // Times rise with the indexes, so the place is found by halving. Nothing up to low is behind the instant.
        long found = history.fromIndex();
        long low = found;
        long high = applied.registryIndex();
        while (low < high) {
            long middle = high - (high - low) / 2;
            EventMark floor = floor(middle, low);
            if (floor == null) {
                low = middle;
            } else if (floor.timeMillis() <= timeMillis) {
                found = floor.index();
                low = middle;
            } else {
                high = floor.index() - 1;
            }
        }
        return found;
    }

    /** The newest event of indexes from low, exclusive, to high. */
    private @Nullable EventMark floor(long high, long low) {
        @Nullable EventMark[] floor = {null};
        database.scanBack(ColumnFamily.EVENT_ORDER, Keys.FIRST, Keys.index(high), Keys.index(low + 1), (key, value) -> {
            floor[0] = EventOrder.read(key, value).mark();
            return false;
        });
        return floor[0];
    }
}
