package io.rollcall.statemachine.store;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.ConfigVersionKey;
import io.rollcall.statemachine.state.EventMark;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.store.Table.TimeIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what is committed; each call sees the newest. Thread-safe. */
final class CommittedReader implements StateReader {

    private final RocksDatabase database;
    private final Supplier<StoreHead> head;

    CommittedReader(RocksDatabase database, Supplier<StoreHead> head) {
        this.database = database;
        this.head = head;
    }

    @Override
    public @Nullable InstanceRecord instance(InstanceKey key) {
        return get(Table.INSTANCES, key);
    }

    @Override
    public @Nullable TombstoneRecord tombstone(InstanceKey key) {
        return get(Table.TOMBSTONES, key);
    }

    @Override
    public @Nullable ServiceRecord service(ServiceKey key) {
        return get(Table.SERVICES, key);
    }

    @Override
    public @Nullable LeaseRecord lease(InstanceKey key) {
        return get(Table.LEASES, key);
    }

    @Override
    public @Nullable RequestRecord request(String requestId) {
        return get(Table.REQUESTS, requestId);
    }

    @Override
    public List<String> requestsBefore(long beforeMillis, int limit) {
        return before(Table.REQUESTS, head.get().firstRequestTime(), beforeMillis, limit);
    }

    @Override
    public List<InstanceKey> tombstonesBefore(long beforeMillis, int limit) {
        return before(Table.TOMBSTONES, head.get().firstTombstoneTime(), beforeMillis, limit);
    }

    @Override
    public HistoryRecord history() {
        HistoryRecord history = get(Table.HISTORY, Table.HISTORY_KEY);
        return history == null ? EventLog.beginning(database, applied()) : history;
    }

    @Override
    public List<EventMark> oldestEvents(int limit) {
        return EventOrder.oldest(database, history().fromIndex(), limit).stream()
                .map(EventOrder::mark)
                .toList();
    }

    @Override
    public @Nullable EventRecord event(ServiceKey service, long index) {
        byte[] stored = index <= history().fromIndex()
                ? null
                : database.get(ColumnFamily.EVENTS, Keys.event(Keys.service(service), index));
        return stored == null ? null : EventRow.decode(stored);
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return get(Table.KEYSET, Table.KEYSET_KEY);
    }

    @Override
    public @Nullable ConfigRecord config(ConfigKey key) {
        return get(Table.CONFIG, key);
    }

    @Override
    public @Nullable ConfigRecord configVersion(ConfigVersionKey key) {
        return get(Table.CONFIG_VERSIONS, key);
    }

    @Override
    public @Nullable ConfigValue configValue(ConfigVersionKey key) {
        return get(Table.CONFIG_VALUES, key);
    }

    @Override
    public ConfigTotals configTotals() {
        ConfigTotals totals = get(Table.CONFIG_TOTALS, Table.CONFIG_TOTALS_KEY);
        return totals == null ? ConfigTotals.EMPTY : totals;
    }

    @Override
    public @Nullable ConfigFloor configFloor(Namespace namespace) {
        return get(Table.CONFIG_FLOORS, namespace);
    }

    @Override
    public @Nullable AccessPolicy policy(String name) {
        return get(Table.POLICIES, name);
    }

    @Override
    public @Nullable TokenRecord token(String id) {
        return get(Table.TOKENS, id);
    }

    @Override
    public ClusterRecord cluster() {
        ClusterRecord cluster = get(Table.CLUSTER, Table.CLUSTER_KEY);
        return cluster == null ? ClusterRecord.UNFOUNDED : cluster;
    }

    @Override
    public AppliedPosition applied() {
        return head.get().position();
    }

    private <K, V> @Nullable V get(Table<K, V> table, K key) {
        byte[] bytes = table.toBytes().apply(key);
        byte[] stored = database.get(table.family(), bytes);
        return stored == null ? null : table.decode(bytes, stored);
    }

    private <K, V> List<K> before(Table<K, V> table, byte[] first, long beforeMillis, int limit) {
        TimeIndex<K, V> index = table.requireIndex();
        List<K> keys = new ArrayList<>();
        database.scan(index.family(), first, (entry, share) -> {
            if (Keys.millisOf(entry) >= beforeMillis || keys.size() >= limit) {
                return false;
            }
            return keys.add(index.parse().apply(Keys.keyOf(entry)));
        });
        return keys;
    }
}
