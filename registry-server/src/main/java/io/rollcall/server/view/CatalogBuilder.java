package io.rollcall.server.view;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.ClusterChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigChanged;
import io.rollcall.statemachine.change.RegistryChange.ConfigForgotten;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.change.RegistryChange.PolicyChanged;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** The next snapshot in the making. Not thread-safe; each service that changed is replaced once. */
final class CatalogBuilder {

    private final CatalogSnapshot base;
    private final Map<ServiceKey, ServiceBuilder> touched = new LinkedHashMap<>();
    private CatalogPosition position;
    private ClusterIdentity cluster;

    CatalogBuilder(CatalogSnapshot base) {
        this.base = base;
        this.position = base.position();
        this.cluster = base.cluster();
    }

    /** Puts a service as it is stored, without instances. */
    void putService(ServiceKey key, Map<InstanceStatus, Long> lastIndexes) {
        service(key).indexes(lastIndexes);
    }

    /** Puts an instance as it is stored, which is no change. */
    void load(Instance instance) {
        service(instance.key().service()).replace(null, instance);
    }

    /** Notes how a lease stands; its instance must be there. */
    void mark(LeaseMarked lease) {
        service(lease.key().service())
                .mark(lease.key().id().value(), lease.lastHeartbeatMillis(), lease.silentMillis());
    }

    CatalogBuilder apply(ChangeBatch batch) {
        for (RegistryChange change : batch.changes()) {
            apply(change);
        }
        position = new CatalogPosition(batch.registryIndex(), batch.logIndex(), batch.clockMillis());
        return this;
    }

    private void apply(RegistryChange change) {
        if (change instanceof InstanceChanged changed) {
            instance(changed.index(), changed.before(), changed.after());
        } else if (change instanceof InstanceRemoved removed) {
            instance(removed.index(), removed.before(), null);
        } else if (change instanceof LeaseMarked marked) {
            mark(marked);
        } else if (change instanceof ClusterChanged changed) {
            cluster = new ClusterIdentity(changed.clusterId(), changed.featureLevel(), changed.members());
        } else if (!(change instanceof ConfigChanged
                || change instanceof ConfigForgotten
                || change instanceof PolicyChanged
                || change instanceof TokenChanged)) {
            throw new IllegalStateException("no view of a " + change.getClass().getSimpleName());
        }
    }

    private void instance(long index, @Nullable Instance before, @Nullable Instance after) {
        Instance either = after == null ? before : after;
        if (either == null) {
            throw new IllegalStateException("a change of nothing at index " + index);
        }
        ServiceBuilder service = service(either.key().service());
        service.replace(before, after);
        if (before != null) {
            service.touch(before.status(), index);
        }
        if (after != null) {
            service.touch(after.status(), index);
        }
    }

    private ServiceBuilder service(ServiceKey key) {
        return touched.computeIfAbsent(key, k -> {
            ServiceState present = base.services().get(k);
            return new ServiceBuilder(present == null ? ServiceState.empty(k) : present);
        });
    }

    CatalogSnapshot build() {
        TreePMap<ServiceKey, ServiceState> services = base.services();
        TreePMap<Namespace, StatusIndexes> indexes = base.indexes();
        for (Map.Entry<ServiceKey, ServiceBuilder> entry : touched.entrySet()) {
            ServiceState state = entry.getValue().build();
            services = services.plus(entry.getKey(), state);
            Namespace namespace = entry.getKey().namespace();
            StatusIndexes present = indexes.get(namespace);
            indexes = indexes.plus(namespace, present == null ? state.indexes() : present.newest(state.indexes()));
        }
        return new CatalogSnapshot(position, cluster, indexes, services);
    }
}
