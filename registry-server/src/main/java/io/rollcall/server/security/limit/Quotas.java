package io.rollcall.server.security.limit;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.access.Storage;
import io.rollcall.server.config.QuotaSettings;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.StateReset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How much is stored of whom, counted along with what is applied, and what there may be. One thread tells of changes; anybody
 * asks.
 */
public final class Quotas implements ChangeSink, Storage {

    private static final int RETRY_SECONDS_MAX = 30;

    private final QuotaSettings settings;
    private final CatalogView view;
    private final DiskWatch disk;

    private final Map<Namespace, Integer> instances = new ConcurrentHashMap<>();
    private final Map<Namespace, Integer> services = new ConcurrentHashMap<>();
    private final Map<String, Integer> owned = new ConcurrentHashMap<>();
    private final Map<ServiceKey, Integer> sizes = new ConcurrentHashMap<>();

    /**
     * Nothing is stored yet.
     *
     * @param settings what there may be
     * @param view what is there
     * @param disk whether there is room at all
     */
    public Quotas(QuotaSettings settings, CatalogView view, DiskWatch disk) {
        this.settings = settings;
        this.view = view;
        this.disk = disk;
    }

    @Override
    public void changed(ChangeBatch batch) {
        for (RegistryChange change : batch.changes()) {
            if (change instanceof InstanceChanged changed) {
                if (changed.before() != null) {
                    count(changed.before(), -1);
                }
                count(changed.after(), 1);
            } else if (change instanceof InstanceRemoved removed) {
                count(removed.before(), -1);
            }
        }
    }

    @Override
    public void reset(StateReset state) {
        instances.clear();
        services.clear();
        owned.clear();
        sizes.clear();
        state.forEachInstance(instance -> count(instance, 1));
    }

    private void count(Instance instance, int by) {
        ServiceKey service = instance.key().service();
        add(instances, service.namespace(), by);
        int size = add(sizes, service, by);
        if ((by > 0 && size == 1) || size == 0) {
            add(services, service.namespace(), by);
        }
        if (instance.owner() != null) {
            add(owned, instance.owner(), by);
        }
    }

    private static <K> int add(Map<K, Integer> counts, K key, int by) {
        Integer now = counts.merge(key, by, (present, more) -> present + more == 0 ? null : present + more);
        return now == null ? 0 : now;
    }

    @Override
    public @Nullable Problem refusal(List<InstanceKey> registered, @Nullable String identity) {
        if (disk.isNearlyFull()) {
            return diskFull();
        }
        Map<ServiceKey, Integer> more = new ConcurrentHashMap<>();
        Map<Namespace, Integer> moreOfNamespace = new ConcurrentHashMap<>();
        int all = 0;
        for (InstanceKey key : registered) {
            if (isNew(key)) {
                add(more, key.service(), 1);
                add(moreOfNamespace, key.service().namespace(), 1);
                all++;
            }
        }
        if (all == 0) {
            return null;
        }
        if (identity != null && owned.getOrDefault(identity, 0) + all > settings.instancesPerIdentity()) {
            return exceeded(
                    "this identity owns", "instances", settings.instancesPerIdentity(), "instances-per-identity");
        }
        for (Map.Entry<Namespace, Integer> one : moreOfNamespace.entrySet()) {
            Problem refusal = refusal(one.getKey(), one.getValue(), more.keySet());
            if (refusal != null) {
                return refusal;
            }
        }
        return ofServices(more);
    }

    private @Nullable Problem ofServices(Map<ServiceKey, Integer> more) {
        for (Map.Entry<ServiceKey, Integer> one : more.entrySet()) {
            if (sizes.getOrDefault(one.getKey(), 0) + one.getValue() > settings.instancesPerService()) {
                return exceeded(
                        "service '" + one.getKey() + "' has",
                        "instances",
                        settings.instancesPerService(),
                        "instances-per-service");
            }
        }
        return null;
    }

    private @Nullable Problem refusal(Namespace namespace, int more, Set<ServiceKey> touched) {
        if (instances.getOrDefault(namespace, 0) + more > settings.instancesPerNamespace()) {
            return exceeded(
                    "namespace '" + namespace + "' has",
                    "instances",
                    settings.instancesPerNamespace(),
                    "instances-per-namespace");
        }
        Set<ServiceKey> fresh = new HashSet<>(touched);
        fresh.removeIf(service -> !service.namespace().equals(namespace) || sizes.containsKey(service));
        boolean tooMany = !fresh.isEmpty()
                && services.getOrDefault(namespace, 0) + fresh.size() > settings.servicesPerNamespace();
        return tooMany
                ? exceeded(
                        "namespace '" + namespace + "' has",
                        "services",
                        settings.servicesPerNamespace(),
                        "services-per-namespace")
                : null;
    }

    private boolean isNew(InstanceKey key) {
        ServiceState service = view.current().service(key.service());
        return service == null || service.instance(key.id()) == null;
    }

    @Override
    public @Nullable Problem refusalOfConfiguration() {
        return disk.isNearlyFull() ? diskFull() : null;
    }

    private static Problem exceeded(String whose, String what, int limit, String setting) {
        return Problem.of(
                        ErrorCode.QUOTA_EXCEEDED,
                        whose + " as many " + what + " as it may, " + limit + "; more are not taken (quota." + setting
                                + ")")
                .with("limit", limit);
    }

    private static Problem diskFull() {
        return Problem.of(
                        ErrorCode.DISK_FULL,
                        "this node's disk is nearly full: it takes deregistrations and heartbeats, and nothing to store"
                                + " (limit.disk-free-min); nothing was done")
                .with("retryAfter", 1 + ThreadLocalRandom.current().nextInt(RETRY_SECONDS_MAX));
    }
}
