package io.rollcall.statemachine.apply;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A state in maps, so that rules are tried without a store. */
final class FakeState implements StateReader {

    /** What each event takes. */
    static final long EVENT_BYTES = 100;

    final Map<InstanceKey, InstanceRecord> instances = new TreeMap<>();
    final Map<InstanceKey, TombstoneRecord> tombstones = new TreeMap<>();
    final Map<ServiceKey, ServiceRecord> services = new TreeMap<>();
    final Map<InstanceKey, LeaseRecord> leases = new TreeMap<>();
    final List<EventRecord> events = new ArrayList<>();
    HistoryRecord history = HistoryRecord.EMPTY;
    final Map<ConfigKey, ConfigRecord> configs = new TreeMap<>();
    final Map<ConfigVersionKey, ConfigRecord> configVersions = new TreeMap<>();
    final Map<ConfigVersionKey, ConfigValue> configValues = new TreeMap<>();
    final Map<Namespace, ConfigFloor> configFloors = new TreeMap<>();
    final Map<String, AccessPolicy> policies = new TreeMap<>();
    final Map<String, TokenRecord> tokens = new TreeMap<>();
    ConfigTotals configTotals = ConfigTotals.EMPTY;
    ClusterRecord cluster = ClusterRecord.UNFOUNDED;
    KeysetRecord keyset;

    /** All of them are taken for old ones. */
    List<String> rememberedRequests = List.of();

    long term = 1;
    long index;
    long nowMillis = 1_000;

    CommandResult apply(Command command) {
        Effect effect = evaluate(command);
        effect.mutations().forEach(this::put);
        index = Math.max(index + 1, effect.result().index());
        return effect.result();
    }

    Effect evaluate(Command command) {
        return command.match(new RegistryRules(new ApplyContext(this, term, index + 1, nowMillis)));
    }

    private void put(Mutation mutation) {
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
        } else if (mutation instanceof Mutation.PutEvent put) {
            events.add(put.event());
            history = history.plus(EVENT_BYTES);
        } else if (mutation instanceof Mutation.RemoveOldestEvents remove) {
            for (EventMark oldest : oldestEvents(remove.count())) {
                events.remove(0);
                history = history.minus(oldest);
            }
        } else if (mutation instanceof Mutation.ReplaceEvent replace) {
            events.replaceAll(event -> event.index() == replace.event().index() ? replace.event() : event);
        } else if (mutation instanceof Mutation.ReplaceConfigValue replace) {
            configValues.put(replace.key(), replace.value());
        } else if (mutation instanceof Mutation.PutKeyset put) {
            keyset = put.keyset();
        } else if (mutation instanceof Mutation.PutCluster put) {
            cluster = put.cluster();
        } else if (mutation instanceof Mutation.PutConfig put) {
            configs.put(put.config().key(), put.config());
            configVersions.put(put.config().versionKey(), put.config());
            if (put.value() != null) {
                configValues.put(put.config().versionKey(), put.value());
            }
        } else if (mutation instanceof Mutation.RemoveConfigVersion remove) {
            configVersions.remove(remove.key());
            configValues.remove(remove.key());
        } else if (mutation instanceof Mutation.RemoveConfig remove) {
            configs.remove(remove.key());
        } else if (mutation instanceof Mutation.PutConfigTotals put) {
            configTotals = put.totals();
        } else if (mutation instanceof Mutation.PutConfigFloor put) {
            configFloors.put(put.floor().namespace(), put.floor());
        } else if (mutation instanceof Mutation.PutPolicy put) {
            policies.put(put.policy().name(), put.policy());
        } else if (mutation instanceof Mutation.RemovePolicy remove) {
            policies.remove(remove.name());
        } else if (mutation instanceof Mutation.PutToken put) {
            tokens.put(put.token().token().id(), put.token());
        } else if (mutation instanceof Mutation.RemoveToken remove) {
            tokens.remove(remove.id());
        } else {
            throw new AssertionError("the rules do not make " + mutation);
        }
    }

    @Override
    public InstanceRecord instance(InstanceKey key) {
        return instances.get(key);
    }

    @Override
    public TombstoneRecord tombstone(InstanceKey key) {
        return tombstones.get(key);
    }

    @Override
    public ServiceRecord service(ServiceKey key) {
        return services.get(key);
    }

    @Override
    public LeaseRecord lease(InstanceKey key) {
        return leases.get(key);
    }

    @Override
    public RequestRecord request(String requestId) {
        throw new AssertionError("the rules do not ask for requests");
    }

    @Override
    public List<String> requestsBefore(long beforeMillis, int limit) {
        return rememberedRequests;
    }

    @Override
    public List<InstanceKey> tombstonesBefore(long beforeMillis, int limit) {
        throw new AssertionError("the rules do not forget tombstones");
    }

    @Override
    public HistoryRecord history() {
        return history;
    }

    @Override
    public List<EventMark> oldestEvents(int limit) {
        return events.stream()
                .limit(limit)
                .map(event -> new EventMark(event.index(), event.timeMillis(), EVENT_BYTES))
                .toList();
    }

    @Override
    public EventRecord event(ServiceKey service, long eventIndex) {
        return events.stream()
                .filter(event ->
                        event.index() == eventIndex && event.key().service().equals(service))
                .findFirst()
                .orElse(null);
    }

    @Override
    public KeysetRecord keyset() {
        return keyset;
    }

    @Override
    public ConfigRecord config(ConfigKey key) {
        return configs.get(key);
    }

    @Override
    public ConfigRecord configVersion(ConfigVersionKey key) {
        return configVersions.get(key);
    }

    @Override
    public ConfigValue configValue(ConfigVersionKey key) {
        return configValues.get(key);
    }

    @Override
    public ConfigTotals configTotals() {
        return configTotals;
    }

    @Override
    public ConfigFloor configFloor(Namespace namespace) {
        return configFloors.get(namespace);
    }

    @Override
    public AccessPolicy policy(String name) {
        return policies.get(name);
    }

    @Override
    public TokenRecord token(String id) {
        return tokens.get(id);
    }

    @Override
    public ClusterRecord cluster() {
        return cluster;
    }

    @Override
    public AppliedPosition applied() {
        return new AppliedPosition(term, index, index, nowMillis);
    }
}
