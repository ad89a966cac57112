package io.rollcall.server.view;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.ServicePast;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.pcollections.TreePMap;

/**
 * The registry as it was, in the form of the present one, so that the same questions can be asked of it.
 *
 * <p>The versions of its queries come from its instances alone: what was removed before that instant leaves no trace in
 * them, since how long a node remembers it would show.
 */
public final class PastSnapshots {

    private PastSnapshots() {}

    /**
     * One service as it was.
     *
     * @param now says which cluster this is, and how far the node has come
     * @param service as it was
     * @return a snapshot without any other service
     */
    public static CatalogSnapshot of(CatalogSnapshot now, ServicePast service) {
        CatalogBuilder builder = new CatalogBuilder(without(now));
        put(builder, service);
        return builder.build();
    }

    /**
     * The services of a namespace as they were.
     *
     * @param now says which cluster this is, and how far the node has come
     * @param past the registry as it was
     * @param namespace which
     * @param index a registry index that is known
     * @return a snapshot without any other namespace
     */
    public static CatalogSnapshot of(CatalogSnapshot now, Past past, Namespace namespace, long index) {
        CatalogBuilder builder = new CatalogBuilder(without(now));
        past.forEachService(namespace, index, service -> put(builder, service));
        return builder.build();
    }

    private static CatalogSnapshot without(CatalogSnapshot now) {
        return new CatalogSnapshot(now.position(), now.cluster(), TreePMap.empty(), TreePMap.empty());
    }

    private static void put(CatalogBuilder builder, ServicePast service) {
        builder.putService(service.key(), lastIndexes(service.instances().values()));
        service.instances().values().forEach(builder::load);
    }

    private static Map<InstanceStatus, Long> lastIndexes(Collection<Instance> instances) {
        Map<InstanceStatus, Long> lastIndexes = new EnumMap<>(InstanceStatus.class);
        instances.forEach(instance -> lastIndexes.merge(instance.status(), instance.modifyIndex(), Math::max));
        return lastIndexes;
    }
}
