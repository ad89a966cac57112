package io.rollcall.statemachine.apply;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state with the mutations of a command's earlier items on top, so that its later items see them. Of several
 * mutations of one thing the last one stays.
 */
final class StateOverlay implements StateReader {

    private final StateReader below;
    private final Map<Target, Mutation> mutations = new LinkedHashMap<>();

    private enum Family {
        INSTANCE,
        TOMBSTONE,
        SERVICE,
        LEASE,
        EVENT
    }

    private record Target(Family family, Object key) {}

    StateOverlay(StateReader below) {
        this.below = below;
    }

    void add(List<Mutation> more) {
        more.forEach(mutation -> mutations.put(targetOf(mutation), mutation));
    }

    List<Mutation> mutations() {
        return new ArrayList<>(mutations.values());
    }

    private static Target targetOf(Mutation mutation) {
        if (mutation instanceof Mutation.PutInstance put) {
            return new Target(Family.INSTANCE, put.instance().key());
        }
        if (mutation instanceof Mutation.RemoveInstance remove) {
            return new Target(Family.INSTANCE, remove.key());
        }
        if (mutation instanceof Mutation.PutTombstone put) {
            return new Target(Family.TOMBSTONE, put.tombstone().key());
        }
        if (mutation instanceof Mutation.RemoveTombstone remove) {
            return new Target(Family.TOMBSTONE, remove.key());
        }
        if (mutation instanceof Mutation.PutService put) {
            return new Target(Family.SERVICE, put.service().key());
        }
        if (mutation instanceof Mutation.PutLease put) {
            return new Target(Family.LEASE, put.lease().key());
        }
        if (mutation instanceof Mutation.RemoveLease remove) {
            return new Target(Family.LEASE, remove.key());
        }
        if (mutation instanceof Mutation.PutEvent put) {
            return new Target(Family.EVENT, put.event().index());
        }
        throw new IllegalStateException(
                "no item of a command makes a " + mutation.getClass().getSimpleName());
    }

    @Override
    public @Nullable InstanceRecord instance(InstanceKey key) {
        Mutation mutation = mutations.get(new Target(Family.INSTANCE, key));
        if (mutation == null) {
            return below.instance(key);
        }
        return mutation instanceof Mutation.PutInstance put ? put.instance() : null;
    }

    @Override
    public @Nullable TombstoneRecord tombstone(InstanceKey key) {
        Mutation mutation = mutations.get(new Target(Family.TOMBSTONE, key));
        if (mutation == null) {
            return below.tombstone(key);
        }
        return mutation instanceof Mutation.PutTombstone put ? put.tombstone() : null;
    }

    @Override
    public @Nullable ServiceRecord service(ServiceKey key) {
        Mutation mutation = mutations.get(new Target(Family.SERVICE, key));
        return mutation instanceof Mutation.PutService put ? put.service() : below.service(key);
    }

    @Override
    public @Nullable LeaseRecord lease(InstanceKey key) {
        Mutation mutation = mutations.get(new Target(Family.LEASE, key));
        if (mutation == null) {
            return below.lease(key);
        }
        return mutation instanceof Mutation.PutLease put ? put.lease() : null;
    }

    @Override
    public @Nullable RequestRecord request(String requestId) {
        return below.request(requestId);
    }

    @Override
    public List<String> requestsBefore(long beforeMillis, int limit) {
        return below.requestsBefore(beforeMillis, limit);
    }

    @Override
    public List<InstanceKey> tombstonesBefore(long beforeMillis, int limit) {
        return below.tombstonesBefore(beforeMillis, limit);
    }

    @Override
    public HistoryRecord history() {
        return below.history();
    }

    @Override
    public List<EventMark> oldestEvents(int limit) {
        return below.oldestEvents(limit);
    }

    @Override
    public @Nullable EventRecord event(ServiceKey service, long index) {
        return below.event(service, index);
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return below.keyset();
    }

    @Override
    public @Nullable ConfigRecord config(ConfigKey key) {
        return below.config(key);
    }

    @Override
    public @Nullable ConfigRecord configVersion(ConfigVersionKey key) {
        return below.configVersion(key);
    }

    @Override
    public @Nullable ConfigValue configValue(ConfigVersionKey key) {
        return below.configValue(key);
    }

    @Override
    public ConfigTotals configTotals() {
        return below.configTotals();
    }

    @Override
    public @Nullable ConfigFloor configFloor(Namespace namespace) {
        return below.configFloor(namespace);
    }

    @Override
    public @Nullable AccessPolicy policy(String name) {
        return below.policy(name);
    }

    @Override
    public @Nullable TokenRecord token(String id) {
        return below.token(id);
    }

    @Override
    public ClusterRecord cluster() {
        return below.cluster();
    }

    @Override
    public AppliedPosition applied() {
        return below.applied();
    }
}
