package io.rollcall.server.app;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Names;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Gatekeeper;
import io.rollcall.server.app.access.Permission;
import io.rollcall.server.query.Selection;
import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.watch.Admission;
import io.rollcall.server.watch.ConfigOrder;
import io.rollcall.server.watch.EventSink;
import io.rollcall.server.watch.Interest;
import io.rollcall.server.watch.StreamOrder;
import io.rollcall.server.watch.Subscriber;
import io.rollcall.server.watch.WatchHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a watcher follows. Immutable. */
public final class WatchQuery {

    private static final String CONFIG = "config";

    /** Most services that one stream follows by name. */
    public static final int MAX_SERVICES = 256;

    /** The parameters that {@link #parse} reads. */
    public static final Set<String> PARAMETERS =
            Set.of("service", "status", "tag", "version", "zone", "protocol", "filter", CONFIG);

    private final Namespace namespace;
    private final List<ServiceKey> services;
    private final Interest interest;
    private final @Nullable ConfigScope config;

    private WatchQuery(
            Namespace namespace, List<ServiceKey> services, Interest interest, @Nullable ConfigScope config) {
        this.namespace = namespace;
        this.services = services;
        this.interest = interest;
        this.config = config;
    }

    /**
     * Reads what is followed: services, all of the namespace if none is named, and which of their instances; or the
     * configuration keys that begin alike.
     *
     * @param namespace of the services or keys
     * @param parameters values by name, decoded
     * @return the query
     * @throws InvalidRequestException naming every bad parameter
     */
    public static WatchQuery parse(Namespace namespace, Map<String, List<String>> parameters) {
        List<String> prefixes = parameters.getOrDefault(CONFIG, List.of());
        return prefixes.isEmpty()
                ? ofServices(namespace, parameters)
                : ofConfig(namespace, prefixes.get(0), parameters.keySet());
    }

    private static WatchQuery ofConfig(Namespace namespace, String prefix, Set<String> given) {
        Violations violations = new Violations();
        PARAMETERS.stream()
                .filter(name -> !name.equals(CONFIG) && given.contains(name))
                .sorted()
                .forEach(name -> violations.add(
                        name, "must not stand beside config: a stream is of services or of configuration"));
        violations.collect(() -> ConfigKey.requirePrefix(CONFIG, prefix));
        violations.throwIfAny();
        return new WatchQuery(
                namespace, List.of(), new Interest(Selection.DEFAULT, null), ConfigScope.prefix(namespace, prefix));
    }

    private static WatchQuery ofServices(Namespace namespace, Map<String, List<String>> parameters) {
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
        return new WatchQuery(namespace, services, new Interest(selection, null), null);
    }

    private static ServiceName serviceName(String name) {
        Names.requireName("service", name);
        return new ServiceName(name);
    }

    /** What a caller lacks to follow this: each service that is named, or else some service or key; null if nothing. */
    @Nullable
    Permission missing(Caller caller) {
        if (config != null) {
            return caller.maySome(AccessResource.CONFIG, AccessLevel.READ, namespace, config.text())
                    ? null
                    : new Permission(AccessResource.CONFIG, AccessLevel.READ, namespace, config.text());
        }
        for (ServiceKey service : services) {
            Permission needed = Permission.of(AccessLevel.READ, service);
            if (!caller.may(needed)) {
                return needed;
            }
        }
        return !services.isEmpty() || caller.maySome(AccessResource.SERVICE, AccessLevel.READ, namespace, "")
                ? null
                : new Permission(AccessResource.SERVICE, AccessLevel.READ, namespace, "");
    }

    /** Whether a caller sees all that this follows, now and whatever comes. */
    private boolean isWholeFor(Caller caller) {
        if (config != null) {
            return caller.sight(AccessResource.CONFIG, namespace, config.text()).isFull();
        }
        return services.isEmpty()
                ? caller.sight(AccessResource.SERVICE, namespace, "").isFull()
                : missing(caller) == null;
    }

    /**
     * Tells what a caller does not see of what this follows.
     *
     * @param caller who follows
     * @param catalog the services
     * @param configuration the keys
     * @return how many there are now; -1 if he sees all
     */
    public int hidden(Caller caller, Catalog catalog, ConfigCatalog configuration) {
        if (isWholeFor(caller)) {
            return -1;
        }
        return config == null
                ? catalog.hidden(namespace, caller.sight(AccessResource.SERVICE, namespace, ""))
                : configuration.hidden(config, caller.sight(AccessResource.CONFIG, namespace, config.text()));
    }

    /** Whether a stream of this may go on, the rights of its reader having changed. */
    boolean outlasts(Caller before, Caller now) {
        return isWholeFor(before) && isWholeFor(now);
    }

    /**
     * Has a stream opened that follows this. Who is not told of all of a namespace begins anew each time: what another stream
     * has told him may be less, or more, than what this one would.
     */
    CompletableFuture<Admission> open(
            WatchHub hub, long resumeAt, Subscriber subscriber, EventSink sink, Caller caller, Gatekeeper gatekeeper) {
        boolean isNamed = config == null && !services.isEmpty();
        boolean goesOn = isNamed || (isWholeFor(caller) && caller.rightsIndex() <= resumeAt);
        long from = goesOn ? resumeAt : 0;
        if (config != null) {
            Predicate<ConfigKey> sees = key -> gatekeeper.mayNow(caller, Permission.of(AccessLevel.READ, key));
            return hub.open(new ConfigOrder(config, from, subscriber, sees), sink);
        }
        Predicate<ServiceKey> sees = key -> gatekeeper.mayNow(caller, Permission.of(AccessLevel.READ, key));
        return hub.open(new StreamOrder(namespace, services, interest, from, subscriber, sees), sink);
    }
}
