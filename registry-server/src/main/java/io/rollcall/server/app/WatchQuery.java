package io.rollcall.server.app;

import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Names;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.server.query.Selection;
import io.rollcall.server.watch.Interest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a watcher follows. Immutable. */
public final class WatchQuery {

    /** Most services that one stream follows by name. */
    public static final int MAX_SERVICES = 256;

    /** The parameters that {@link #parse} reads. */
    public static final Set<String> PARAMETERS =
            Set.of("service", "status", "tag", "version", "zone", "protocol", "filter");

    private final Namespace namespace;
    private final List<ServiceKey> services;
    private final Interest interest;

    private WatchQuery(Namespace namespace, List<ServiceKey> services, Interest interest) {
        this.namespace = namespace;
        this.services = services;
        this.interest = interest;
    }

    /**
     * Reads which services are followed, all of the namespace if none is named, and which of their instances.
     *
     * @param namespace of the services
     * @param parameters values by name, decoded
     * @return the query
     * @throws InvalidRequestException naming every bad parameter
     */
    public static WatchQuery parse(Namespace namespace, Map<String, List<String>> parameters) {
        Violations violations = new Violations();
        List<String> names = parameters.getOrDefault("service", List.of());
        if (names.size() > MAX_SERVICES) {
            violations.add(
                    "service",
                    "must be given at most " + MAX_SERVICES + " times, is " + names.size()
                            + "; leave it out to follow all services of the namespace",
                    MAX_SERVICES);
        }
        List<ServiceKey> services = new ArrayList<>();
        for (String name : names.subList(0, Math.min(names.size(), MAX_SERVICES))) {
            ServiceName valid = violations.collect(() -> serviceName(name));
            if (valid != null) {
                services.add(new ServiceKey(namespace, valid));
            }
        }
        Selection selection = violations.collect(() -> Selection.parse(parameters));
        violations.throwIfAny();
        if (selection == null) {
            throw new IllegalStateException("a selection without a value and without a violation");
        }
        return new WatchQuery(namespace, services, new Interest(selection, null));
    }

    private static ServiceName serviceName(String name) {
        Names.requireName("service", name);
        return new ServiceName(name);
    }

    Namespace namespace() {
        return namespace;
    }

    List<ServiceKey> services() {
        return services;
    }

    Interest interest() {
        return interest;
    }
}
