package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.query.Selection;
import io.rollcall.server.watch.Interest;
import org.jspecify.annotations.Nullable;

/**
 * What a blocking read waits for: a change of anything that its answer holds. Immutable.
 *
 * @param namespace of the services
 * @param service the one that is read; null for all of the namespace
 * @param interest which of their instances
 */
public record Wait(Namespace namespace, @Nullable ServiceKey service, Interest interest) {

    /**
     * Waits for what discovery returns.
     *
     * @param service which
     * @param query which instances; the page does not matter
     * @return what to wait for
     */
    public static Wait discovery(ServiceKey service, CatalogQuery query) {
        return new Wait(service.namespace(), service, new Interest(query.selection(), null));
    }

    /**
     * Waits for one instance, whatever its status, to come, change or go.
     *
     * @param key which
     * @return what to wait for
     */
    public static Wait instance(InstanceKey key) {
        return new Wait(key.service().namespace(), key.service(), new Interest(Selection.ALL, key.id()));
    }

    /**
     * Waits for what a list of services counts.
     *
     * @param namespace of the services
     * @return what to wait for
     */
    public static Wait services(Namespace namespace) {
        return new Wait(namespace, null, new Interest(Selection.ALL, null));
    }

    /**
     * Waits for what a list of instances returns.
     *
     * @param namespace of the instances
     * @param query which of them; the page does not matter
     * @return what to wait for
     */
    public static Wait instances(Namespace namespace, CatalogQuery query) {
        return new Wait(namespace, null, new Interest(query.selection(), null));
    }
}
