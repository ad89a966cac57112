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
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.store.StateDigest.Hasher;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store for tests of what lies above it: sorted maps, a transaction being a copy of them. Not thread-safe. */
public final class InMemoryRegistryStore implements RegistryStore {

    private MapTables committed = new MapTables();
    private boolean hasTransaction;

    @Override
    public StateReader reader() {
        return new LiveReader();
    }

    @Override
    public Transaction begin() {
        if (hasTransaction) {
            throw new IllegalStateException("a transaction is open; commit or close it first");
        }
        hasTransaction = true;
        return new MapTransaction(committed.copy());
    }

    @Override
    public StoreFigures figures() {
        return StoreFigures.NONE;
    }

    @Override
    public void forEachInstance(Consumer<InstanceRecord> consumer) {
        List.copyOf(committed.instances.values()).forEach(consumer);
    }

    @Override
    public void forEachService(Consumer<ServiceRecord> consumer) {
        List.copyOf(committed.services.values()).forEach(consumer);
    }

    @Override
    public void forEachLease(Consumer<LeaseRecord> consumer) {
        List.copyOf(committed.leases.values()).forEach(consumer);
    }

    @Override
    public <R> R atOneMoment(Function<Moment, R> reads) {
        return reads.apply(new MapMoment(committed.copy()));
    }

    @Override
    public void forEachConfig(Consumer<ConfigRecord> consumer) {
        List.copyOf(committed.configs.values()).forEach(consumer);
    }

    @Override
    public void forEachConfigFloor(Consumer<ConfigFloor> consumer) {
        List.copyOf(committed.configFloors.values()).forEach(consumer);
    }

    @Override
    public void forEachPolicy(Consumer<AccessPolicy> consumer) {
        List.copyOf(committed.policies.values()).forEach(consumer);
    }

    @Override
    public void forEachToken(Consumer<TokenRecord> consumer) {
        List.copyOf(committed.tokens.values()).forEach(consumer);
    }

    @Override
    public String digest() {
        StateDigest sum = sum(Table.INSTANCES, committed.instances)
                .plus(sum(Table.TOMBSTONES, committed.tombstones))
                .plus(sum(Table.SERVICES, committed.services))
                .plus(sum(Table.LEASES, committed.leases))
                .plus(sum(Table.REQUESTS, committed.requests))
                .plus(sum(Table.CLUSTER, committed.cluster))
                .plus(sum(Table.HISTORY, committed.history))
                .plus(sumOfEvents())
                .plus(sum(Table.CONFIG, committed.configs))
                .plus(sum(Table.CONFIG_VERSIONS, committed.configVersions))
                .plus(sum(Table.CONFIG_VALUES, committed.configValues))
                .plus(sum(Table.CONFIG_TOTALS, committed.configTotals))
                .plus(sum(Table.CONFIG_FLOORS, committed.configFloors))
                .plus(sum(Table.POLICIES, committed.policies))
                .plus(sum(Table.TOKENS, committed.tokens))
                .plus(sum(Table.KEYSET, committed.keyset));
        return sum.at(committed.position.registryIndex());
    }

    @Override
    public void checkpoint(Path target) {
        throw new UnsupportedOperationException("a store in memory has no files");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static <K, V> StateDigest sum(Table<K, V> table, Map<K, V> entries) {
        Hasher hasher = new Hasher();
        return entries.entrySet().stream()
                .map(entry -> hasher.entry(
                        table.family(),
                        table.toBytes().apply(entry.getKey()),
                        table.codec().encode(entry.getValue())))
                .reduce(StateDigest.EMPTY, StateDigest::plus);
    }

    private StateDigest sumOfEvents() {
        Hasher hasher = new Hasher();
        return committed.events.values().stream()
                .map(event -> EventRow.of(event).share(hasher))
                .reduce(StateDigest.EMPTY, StateDigest::plus);
    }

    /** Reads some state. */
    private abstract class MapReader implements StateReader {

        abstract MapTables tables();

        @Override
        public @Nullable InstanceRecord instance(InstanceKey key) {
            return tables().instances.get(key);
        }

        @Override
        public @Nullable TombstoneRecord tombstone(InstanceKey key) {
            return tables().tombstones.get(key);
        }

        @Override
        public @Nullable ServiceRecord service(ServiceKey key) {
            return tables().services.get(key);
        }

        @Override
        public @Nullable LeaseRecord lease(InstanceKey key) {
            return tables().leases.get(key);
        }

        @Override
        public @Nullable RequestRecord request(String requestId) {
            return tables().requests.get(requestId);
        }

        @Override
        public List<String> requestsBefore(long beforeMillis, int limit) {
            return tables().requests.values().stream()
                    .filter(request -> request.appliedAtMillis() < beforeMillis)
                    .sorted(Comparator.comparingLong(RequestRecord::appliedAtMillis)
                            .thenComparing(RequestRecord::requestId))
                    .limit(limit)
                    .map(RequestRecord::requestId)
                    .toList();
        }

        @Override
        public List<InstanceKey> tombstonesBefore(long beforeMillis, int limit) {
            return tables().tombstones.values().stream()
                    .filter(tombstone -> tombstone.removedAtMillis() < beforeMillis)
                    .sorted(Comparator.comparingLong(TombstoneRecord::removedAtMillis)
                            .thenComparing(TombstoneRecord::key))
                    .limit(limit)
                    .map(TombstoneRecord::key)
                    .toList();
        }

        @Override
        public HistoryRecord history() {
            HistoryRecord present = tables().history.get(Table.HISTORY_KEY);
            return present == null
                    ? HistoryRecord.beginningAt(committed.position, committed.services.isEmpty())
                    : present;
        }

        @Override
        public List<EventMark> oldestEvents(int limit) {
            return tables().events.values().stream()
                    .filter(event -> event.index() <= committed.position.registryIndex())
                    .limit(limit)
                    .map(event -> new EventMark(
                            event.index(),
                            event.timeMillis(),
                            EventRow.of(event).bytes()))
                    .toList();
        }

        @Override
        public @Nullable EventRecord event(ServiceKey service, long index) {
            EventRecord event = tables().events.get(index);
            return event == null
                            || index > committed.position.registryIndex()
                            || !event.key().service().equals(service)
                    ? null
                    : event;
        }

        @Override
        public @Nullable KeysetRecord keyset() {
            return tables().keyset.get(Table.KEYSET_KEY);
        }

        @Override
        public @Nullable ConfigRecord config(ConfigKey key) {
            return tables().configs.get(key);
        }

        @Override
        public @Nullable ConfigRecord configVersion(ConfigVersionKey key) {
            return tables().configVersions.get(key);
        }

        @Override
        public @Nullable ConfigValue configValue(ConfigVersionKey key) {
            return tables().configValues.get(key);
        }

        @Override
        public ConfigTotals configTotals() {
            return tables().configTotals.getOrDefault(Table.CONFIG_TOTALS_KEY, ConfigTotals.EMPTY);
        }

        @Override
        public @Nullable ConfigFloor configFloor(Namespace namespace) {
            return tables().configFloors.get(namespace);
        }

        @Override
        public @Nullable AccessPolicy policy(String name) {
            return tables().policies.get(name);
        }

        @Override
        public @Nullable TokenRecord token(String id) {
            return tables().tokens.get(id);
        }

        @Override
        public ClusterRecord cluster() {
            return tables().cluster.getOrDefault(Table.CLUSTER_KEY, ClusterRecord.UNFOUNDED);
        }

        @Override
        public AppliedPosition applied() {
            return tables().position;
        }
    }

    private final class LiveReader extends MapReader {
        @Override
        MapTables tables() {
            return committed;
        }
    }

    private final class MapTransaction extends MapReader implements Transaction {

        private final MapTables own;
        private boolean ended;

        private MapTransaction(MapTables own) {
            this.own = own;
        }

        @Override
        MapTables tables() {
            return own;
        }

        @Override
        public void put(Mutation mutation) {
            requireOpen();
            if (mutation instanceof Mutation.PutInstance put) {
                own.instances.put(put.instance().key(), put.instance());
            } else if (mutation instanceof Mutation.RemoveInstance remove) {
                own.instances.remove(remove.key());
            } else if (mutation instanceof Mutation.PutTombstone put) {
                own.tombstones.put(put.tombstone().key(), put.tombstone());
            } else if (mutation instanceof Mutation.RemoveTombstone remove) {
                own.tombstones.remove(remove.key());
            } else if (mutation instanceof Mutation.PutService put) {
                own.services.put(put.service().key(), put.service());
            } else if (mutation instanceof Mutation.PutLease put) {
                own.leases.put(put.lease().key(), put.lease());
            } else if (mutation instanceof Mutation.RemoveLease remove) {
                own.leases.remove(remove.key());
            } else if (mutation instanceof Mutation.PutRequest put) {
                own.requests.put(put.request().requestId(), put.request());
            } else if (mutation instanceof Mutation.RemoveRequest remove) {
                own.requests.remove(remove.requestId());
            } else if (mutation instanceof Mutation.PutEvent put) {
                own.events.put(put.event().index(), put.event());
                own.history.put(
                        Table.HISTORY_KEY,
                        history().plus(EventRow.of(put.event()).bytes()));
            } else if (mutation instanceof Mutation.RemoveOldestEvents remove) {
                for (EventMark oldest : oldestEvents(remove.count())) {
                    own.events.remove(oldest.index());
                    own.history.put(Table.HISTORY_KEY, history().minus(oldest));
                }
            } else if (mutation instanceof Mutation.ReplaceEvent replace) {
                replace(replace.event());
            } else if (mutation instanceof Mutation.ReplaceConfigValue replace) {
                own.configValues.put(replace.key(), replace.value());
            } else if (mutation instanceof Mutation.PutKeyset put) {
                own.keyset.put(Table.KEYSET_KEY, put.keyset());
            } else if (mutation instanceof Mutation.PutCluster put) {
                own.cluster.put(Table.CLUSTER_KEY, put.cluster());
            } else if (mutation instanceof Mutation.PutConfig put) {
                putConfig(put.config(), put.value());
            } else if (mutation instanceof Mutation.RemoveConfigVersion remove) {
                own.configVersions.remove(remove.key());
                own.configValues.remove(remove.key());
            } else if (mutation instanceof Mutation.RemoveConfig remove) {
                own.configs.remove(remove.key());
            } else if (mutation instanceof Mutation.PutConfigTotals put) {
                own.configTotals.put(Table.CONFIG_TOTALS_KEY, put.totals());
            } else if (mutation instanceof Mutation.PutConfigFloor put) {
                own.configFloors.put(put.floor().namespace(), put.floor());
            } else {
                putAcl(mutation);
            }
        }

        private void putAcl(Mutation mutation) {
            if (mutation instanceof Mutation.PutPolicy put) {
                own.policies.put(put.policy().name(), put.policy());
            } else if (mutation instanceof Mutation.RemovePolicy remove) {
                own.policies.remove(remove.name());
            } else if (mutation instanceof Mutation.PutToken put) {
                own.tokens.put(put.token().token().id(), put.token());
            } else if (mutation instanceof Mutation.RemoveToken remove) {
                own.tokens.remove(remove.id());
            } else {
                throw new IllegalStateException(
                        "nobody writes a " + mutation.getClass().getName());
            }
        }

        private void replace(EventRecord event) {
            EventRecord before = own.events.put(event.index(), event);
            long grown = EventRow.of(event).bytes() - EventRow.of(before).bytes();
            own.history.put(Table.HISTORY_KEY, history().grown(grown));
        }

        private void putConfig(ConfigRecord config, @Nullable ConfigValue value) {
            own.configs.put(config.key(), config);
            own.configVersions.put(config.versionKey(), config);
            if (value != null) {
                own.configValues.put(config.versionKey(), value);
            }
        }

        @Override
        public void commit(AppliedPosition position) {
            requireOpen();
            if (position.logIndex() < own.position.logIndex()
                    || position.registryIndex() < own.position.registryIndex()) {
                throw new IllegalArgumentException(
                        "position " + position + " is before the present one, " + own.position);
            }
            own.position = position;
            committed = own;
            close();
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                hasTransaction = false;
            }
        }

        private void requireOpen() {
            if (ended) {
                throw new IllegalStateException("the transaction has ended");
            }
        }
    }
}
