package io.rollcall.statemachine.ratis;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.state.AppliedPosition;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.store.RegistryStore;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** All that a store holds, for sinks that start over. The thread that applies the log must not write meanwhile. */
final class StoreState implements StateReset {

    private final RegistryStore store;

    StoreState(RegistryStore store) {
        this.store = store;
    }

    @Override
    public ChangeBatch position() {
        AppliedPosition applied = store.reader().applied();
        ClusterRecord cluster = store.reader().cluster();
        List<RegistryChange> changes = cluster.equals(ClusterRecord.UNFOUNDED)
                ? List.of()
                : List.of(new ClusterChanged(
                        applied.registryIndex(), cluster.clusterId(), cluster.featureLevel(), cluster.members()));
        return new ChangeBatch(applied.logIndex(), applied.registryIndex(), applied.clockMillis(), changes);
    }

    @Override
    public @Nullable KeysetRecord keyset() {
        return store.reader().keyset();
    }

    @Override
    public void forEachService(BiConsumer<ServiceKey, Map<InstanceStatus, Long>> consumer) {
        store.forEachService(service -> consumer.accept(service.key(), service.lastIndexes()));
    }

    @Override
    public void forEachInstance(Consumer<Instance> consumer) {
        store.forEachInstance(instance -> consumer.accept(instance.toInstance()));
    }

    @Override
    public void forEachLease(Consumer<LeaseMarked> consumer) {
        long index = store.reader().applied().registryIndex();
        store.forEachLease(lease -> consumer.accept(
                new LeaseMarked(index, lease.key(), lease.lastHeartbeatMillis(), lease.silentMillis())));
    }

    @Override
    public void forEachConfig(Consumer<ConfigEntry> consumer) {
        store.forEachConfig(config -> consumer.accept(config.toEntry()));
    }

    @Override
    public void forEachConfigFloor(ObjLongConsumer<Namespace> consumer) {
        store.forEachConfigFloor(floor -> consumer.accept(floor.namespace(), floor.index()));
    }

    @Override
    public void forEachPolicy(Consumer<AccessPolicy> consumer) {
        store.forEachPolicy(consumer);
    }

    @Override
    public void forEachToken(BiConsumer<AccessToken, String> consumer) {
        store.forEachToken(token -> consumer.accept(token.token(), token.secretHash()));
    }
}
