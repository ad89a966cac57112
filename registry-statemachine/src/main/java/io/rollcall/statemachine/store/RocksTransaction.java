package io.rollcall.statemachine.store;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.fault.CrashPoint;
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
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.store.StateDigest.Hasher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batch of one log entry: the tables' overlays, until they are written. For the writing thread alone. */
final class RocksTransaction implements RegistryStore.Transaction {

    private final RocksDatabase database;
    private final RocksRegistryStore store;
    private final StoreHead before;
    private final TableOverlay<InstanceKey, InstanceRecord> instances;
    private final TableOverlay<InstanceKey, TombstoneRecord> tombstones;
    private final TableOverlay<ServiceKey, ServiceRecord> services;
    private final TableOverlay<InstanceKey, LeaseRecord> leases;
    private final TableOverlay<String, RequestRecord> requests;
    private final TableOverlay<String, ClusterRecord> cluster;
    private final EventLog events;
    private final TableOverlay<ConfigKey, ConfigRecord> configs;
    private final TableOverlay<ConfigVersionKey, ConfigRecord> configVersions;
    private final TableOverlay<ConfigVersionKey, ConfigValue> configValues;
    private final TableOverlay<String, ConfigTotals> configTotals;
    private final TableOverlay<Namespace, ConfigFloor> configFloors;
    private final TableOverlay<String, AccessPolicy> policies;
    private final TableOverlay<String, TokenRecord> tokens;
    private final TableOverlay<String, KeysetRecord> keyset;
    private boolean ended;

    RocksTransaction(RocksDatabase database, RocksRegistryStore store, StoreHead before) {
        this.database = database;
        this.store = store;
        this.before = before;
        this.instances = new TableOverlay<>(database, Table.INSTANCES, Keys.FIRST);
        this.tombstones = new TableOverlay<>(database, Table.TOMBSTONES, before.firstTombstoneTime());
        this.services = new TableOverlay<>(database, Table.SERVICES, Keys.FIRST);
        this.leases = new TableOverlay<>(database, Table.LEASES, Keys.FIRST);
        this.requests = new TableOverlay<>(database, Table.REQUESTS, before.firstRequestTime());
        this.cluster = new TableOverlay<>(database, Table.CLUSTER, Keys.FIRST);
        this.events = new EventLog(database, before.position());
        this.configs = new TableOverlay<>(database, Table.CONFIG, Keys.FIRST);
        this.configVersions = new TableOverlay<>(database, Table.CONFIG_VERSIONS, Keys.FIRST);
        this.configValues = new TableOverlay<>(database, Table.CONFIG_VALUES, Keys.FIRST);
        this.configTotals = new TableOverlay<>(database, Table.CONFIG_TOTALS, Keys.FIRST);
        this.configFloors = new TableOverlay<>(database, Table.CONFIG_FLOORS, Keys.FIRST);
        this.policies = new TableOverlay<>(database, Table.POLICIES, Keys.FIRST);
        this.tokens = new TableOverlay<>(database, Table.TOKENS, Keys.FIRST);
        this.keyset = new TableOverlay<>(database, Table.KEYSET, Keys.FIRST);
    }

    @Override
    public @Nullable InstanceRecord instance(InstanceKey key) {
        return instances.get(key);
    }

    @Override
    public @Nullable TombstoneRecord tombstone(InstanceKey key) {
        return tombstones.get(key);
    }

    @Override
    public @Nullable ServiceRecord service(ServiceKey key) {
        return services.get(key);
    }

    @Override
    public @Nullable LeaseRecord lease(InstanceKey key) {
        return leases.get(key);
    }

    @Override
    public @Nullable RequestRecord request(String requestId) {
        return requests.get(requestId);
    }

    @Override
    public List<String> requestsBefore(long beforeMillis, int limit) {
        return requests.before(beforeMillis, limit);
    }

    @Override
    public List<InstanceKey> tombstonesBefore(long beforeMillis, int limit) {
        return tombstones.before(beforeMillis, limit);
    }

    @Override
    public HistoryRecord history() {
        return events.history();
    }

    @Override
    public List<EventMark> oldestEvents(int limit) {
        return events.oldest(limit);
    }

    @Override
    public @Nullable EventRecord event(ServiceKey service, long index) {
        return events.find(service, index);
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return keyset.get(Table.KEYSET_KEY);
    }

    @Override
    public @Nullable ConfigRecord config(ConfigKey key) {
        return configs.get(key);
    }

    @Override
    public @Nullable ConfigRecord configVersion(ConfigVersionKey key) {
        return configVersions.get(key);
    }

    @Override
    public @Nullable ConfigValue configValue(ConfigVersionKey key) {
        return configValues.get(key);
    }

    @Override
    public ConfigTotals configTotals() {
        ConfigTotals present = configTotals.get(Table.CONFIG_TOTALS_KEY);
        return present == null ? ConfigTotals.EMPTY : present;
    }

    @Override
    public @Nullable ConfigFloor configFloor(Namespace namespace) {
        return configFloors.get(namespace);
    }

    @Override
    public @Nullable AccessPolicy policy(String name) {
        return policies.get(name);
    }

    @Override
    public @Nullable TokenRecord token(String id) {
        return tokens.get(id);
    }

    @Override
    public ClusterRecord cluster() {
        ClusterRecord present = cluster.get(Table.CLUSTER_KEY);
        return present == null ? ClusterRecord.UNFOUNDED : present;
    }

    @Override
    public AppliedPosition applied() {
        return before.position();
    }

    @Override
    public void put(Mutation mutation) {
        requireOpen();
        if (mutation instanceof Mutation.PutInstance put) {
            instances.put(put.instance().key(), put.instance());
        } else if (mutation instanceof Mutation.RemoveInstance remove) {
            instances.remove(remove.key());
        } else if (mutation instanceof Mutation.PutTombstone put) {
            tombstones.put(put.tombstone().key(), put.tombstone());
        } else if (mutation instanceof Mutation.RemoveTombstone remove) {
            tombstones.remove(remove.key());
        } else if (mutation instanceof Mutation.PutService put) {
            services.put(put.service().key(), put.service());
        } else if (mutation instanceof Mutation.PutLease put) {
            leases.put(put.lease().key(), put.lease());
        } else if (mutation instanceof Mutation.RemoveLease remove) {
            leases.remove(remove.key());
        } else if (mutation instanceof Mutation.PutRequest put) {
            requests.put(put.request().requestId(), put.request());
        } else if (mutation instanceof Mutation.RemoveRequest remove) {
            requests.remove(remove.requestId());
        } else if (mutation instanceof Mutation.PutEvent put) {
            events.add(put.event());
        } else if (mutation instanceof Mutation.RemoveOldestEvents remove) {
            events.removeOldest(remove.count());
        } else if (mutation instanceof Mutation.ReplaceEvent replace) {
            events.replace(replace.event());
        } else if (mutation instanceof Mutation.ReplaceConfigValue replace) {
            configValues.put(replace.key(), replace.value());
        } else if (mutation instanceof Mutation.PutKeyset put) {
            keyset.put(Table.KEYSET_KEY, put.keyset());
        } else if (mutation instanceof Mutation.PutCluster put) {
            cluster.put(Table.CLUSTER_KEY, put.cluster());
        } else if (mutation instanceof Mutation.PutConfig put) {
            putConfig(put.config(), put.value());
        } else if (mutation instanceof Mutation.RemoveConfigVersion remove) {
            configVersions.remove(remove.key());
            configValues.remove(remove.key());
        } else if (mutation instanceof Mutation.RemoveConfig remove) {
            configs.remove(remove.key());
        } else if (mutation instanceof Mutation.PutConfigTotals put) {
            configTotals.put(Table.CONFIG_TOTALS_KEY, put.totals());
        } else if (mutation instanceof Mutation.PutConfigFloor put) {
            configFloors.put(put.floor().namespace(), put.floor());
        } else {
            putAcl(mutation);
        }
    }

    private void putAcl(Mutation mutation) {
        if (mutation instanceof Mutation.PutPolicy put) {
            policies.put(put.policy().name(), put.policy());
        } else if (mutation instanceof Mutation.RemovePolicy remove) {
            policies.remove(remove.name());
        } else if (mutation instanceof Mutation.PutToken put) {
            tokens.put(put.token().token().id(), put.token());
        } else if (mutation instanceof Mutation.RemoveToken remove) {
            tokens.remove(remove.id());
        } else {
            throw new IllegalStateException(
                    "nobody writes a " + mutation.getClass().getName());
        }
    }

    private void putConfig(ConfigRecord config, @Nullable ConfigValue value) {
        configs.put(config.key(), config);
        configVersions.put(config.versionKey(), config);
        if (value != null) {
            configValues.put(config.versionKey(), value);
        }
    }

    @Override
    public void commit(AppliedPosition position) {
        requireOpen();
        if (position.logIndex() < applied().logIndex()
                || position.registryIndex() < applied().registryIndex()) {
            throw new IllegalArgumentException("position " + position + " is before the present one, " + applied());
        }
        Hasher hasher = new Hasher();
        try (RocksDatabase.Batch batch = database.batch()) {
            StateDigest digest = before.digest()
                    .plus(instances.writeTo(batch, hasher))
                    .plus(tombstones.writeTo(batch, hasher))
                    .plus(services.writeTo(batch, hasher))
                    .plus(leases.writeTo(batch, hasher))
                    .plus(requests.writeTo(batch, hasher))
                    .plus(cluster.writeTo(batch, hasher))
                    .plus(events.writeTo(batch, hasher))
                    .plus(configs.writeTo(batch, hasher))
                    .plus(configVersions.writeTo(batch, hasher))
                    .plus(configValues.writeTo(batch, hasher))
                    .plus(configTotals.writeTo(batch, hasher))
                    .plus(configFloors.writeTo(batch, hasher))
                    .plus(policies.writeTo(batch, hasher))
                    .plus(tokens.writeTo(batch, hasher))
                    .plus(keyset.writeTo(batch, hasher));
            StoreHead after = new StoreHead(position, digest, requests.firstTimeAfter(), tombstones.firstTimeAfter());
            batch.put(ColumnFamily.META, StoreFormat.HEAD_KEY, after.bytes());
            CrashPoint.APPLY_BEFORE_BATCH.reached();
            batch.write();
            CrashPoint.APPLY_AFTER_BATCH.reached();
            store.committed(after);
        }
        close();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            store.ended();
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
    }
}
