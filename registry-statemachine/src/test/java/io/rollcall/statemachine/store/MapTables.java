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
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import java.util.Map;
import java.util.TreeMap;

/** The whole state of a store in memory. */
final class MapTables {
    final Map<InstanceKey, InstanceRecord> instances = new TreeMap<>();
    final Map<InstanceKey, TombstoneRecord> tombstones = new TreeMap<>();
    final Map<ServiceKey, ServiceRecord> services = new TreeMap<>();
    final Map<InstanceKey, LeaseRecord> leases = new TreeMap<>();
    final Map<String, RequestRecord> requests = new TreeMap<>();
    final Map<String, ClusterRecord> cluster = new TreeMap<>();
    final Map<String, HistoryRecord> history = new TreeMap<>();
    final TreeMap<Long, EventRecord> events = new TreeMap<>();
    final Map<ConfigKey, ConfigRecord> configs = new TreeMap<>();
    final Map<ConfigVersionKey, ConfigRecord> configVersions = new TreeMap<>();
    final Map<ConfigVersionKey, ConfigValue> configValues = new TreeMap<>();
    final Map<String, ConfigTotals> configTotals = new TreeMap<>();
    final Map<Namespace, ConfigFloor> configFloors = new TreeMap<>();
    final Map<String, AccessPolicy> policies = new TreeMap<>();
    final Map<String, TokenRecord> tokens = new TreeMap<>();
    final Map<String, KeysetRecord> keyset = new TreeMap<>();
    AppliedPosition position = AppliedPosition.START;

    MapTables copy() {
        MapTables copy = new MapTables();
        copy.instances.putAll(instances);
        copy.tombstones.putAll(tombstones);
        copy.services.putAll(services);
        copy.leases.putAll(leases);
        copy.requests.putAll(requests);
        copy.cluster.putAll(cluster);
        copy.history.putAll(history);
        copy.events.putAll(events);
        copy.configs.putAll(configs);
        copy.configVersions.putAll(configVersions);
        copy.configValues.putAll(configValues);
        copy.configTotals.putAll(configTotals);
        copy.configFloors.putAll(configFloors);
        copy.policies.putAll(policies);
        copy.tokens.putAll(tokens);
        copy.keyset.putAll(keyset);
        copy.position = position;
        return copy;
    }
}
