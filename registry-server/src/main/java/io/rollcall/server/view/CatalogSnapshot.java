package io.rollcall.server.view;

import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * The whole registry at one index. Immutable; a reader that takes one sees all of it at the same moment.
 *
 * @param position how far it has come
 * @param cluster what the cluster knows of itself
 * @param indexes the newest of the query versions of a namespace's services, for queries over all of them
 * @param services sorted by namespace and name; services that have no instance any more stay, with their index
 */
public record CatalogSnapshot(
        CatalogPosition position,
        ClusterIdentity cluster,
        TreePMap<Namespace, StatusIndexes> indexes,
        TreePMap<ServiceKey, ServiceState> services) {

    static final CatalogSnapshot EMPTY = new CatalogSnapshot(
            new CatalogPosition(0, -1, 0), new ClusterIdentity("", 1, List.of()), TreePMap.empty(), TreePMap.empty());

    /**
     * Returns the registry index of the snapshot.
     *
     * @return 0 before the first command
     */
    public long appliedIndex() {
        return position.registryIndex();
    }

    /**
     * Returns the versions of the queries over all services of a namespace.
     *
     * @param namespace which
     * @return by status; what happens in other namespaces moves none of them
     */
    public StatusIndexes indexes(Namespace namespace) {
        StatusIndexes present = indexes.get(namespace);
        return present == null ? StatusIndexes.NONE : present;
    }

    /**
     * Finds a service.
     *
     * @param key which
     * @return null if it never had an instance
     */
    public @Nullable ServiceState service(ServiceKey key) {
        return services.get(key);
    }

    /**
     * Returns the services from a key on, in the order of their keys, also those without instances.
     *
     * @param from the first key that may be returned
     * @return immutable; it runs on into other namespaces
     */
    public Collection<ServiceState> servicesFrom(ServiceKey from) {
        return services.tailMap(from, true).values();
    }

    /**
     * Counts the instances of a namespace.
     *
     * @param namespace which
     * @return the sums
     */
    public NamespaceCounts count(Namespace namespace) {
        return count(namespace, name -> true);
    }

    /**
     * Counts the instances of some services of a namespace.
     *
     * @param namespace which
     * @param counts whether a service of that name is one of them
     * @return the sums
     */
    public NamespaceCounts count(Namespace namespace, Predicate<String> counts) {
        int named = 0;
        StatusCounts sum = StatusCounts.NONE;
        for (ServiceState service : services.values()) {
            if (service.key().namespace().equals(namespace)
                    && service.size() > 0
                    && counts.test(service.key().name().value())) {
                named++;
                sum = sum.plus(service.counts());
            }
        }
        return new NamespaceCounts(named, sum);
    }

    /**
     * The sums of a namespace.
     *
     * @param services how many have an instance
     * @param instances how many instances there are of each status and protocol
     */
    public record NamespaceCounts(int services, StatusCounts instances) {}
}
