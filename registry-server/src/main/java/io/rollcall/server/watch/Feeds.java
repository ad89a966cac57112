package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All feeds of a node. Confined to the hub's thread. */
final class Feeds {

    /** Who asks again within it finds what happened meanwhile. */
    static final Duration KEPT_IDLE = Duration.ofSeconds(60);

    /** Feeds that nobody follows and that are kept all the same. */
    static final int IDLE_MAX = 10_000;

    private final Map<ServiceKey, Map<String, ServiceFeed>> byService = new HashMap<>();
    private final Map<Namespace, Map<String, NamespaceFeed>> byNamespace = new HashMap<>();
    // Since when; the first is idle for longest.
    private final LinkedHashMap<Feed, Long> idle = new LinkedHashMap<>();

    ServiceFeed service(ServiceKey key, Interest interest, CatalogSnapshot current) {
        return service(key, interest, interest.shape(), current);
    }

    private ServiceFeed service(ServiceKey key, Interest interest, String shape, CatalogSnapshot current) {
        return byService
                .computeIfAbsent(key, k -> new LinkedHashMap<>(2))
                .computeIfAbsent(shape, s -> new ServiceFeed(key, interest, shape, current));
    }

    /** Nobody looks up the past of all services: where it matters, such a feed must not pass for one that knows it. */
    private static String shapeWithin(NamespaceFeed feed) {
        return feed.interest.isByStatusAlone() ? feed.interest.shape() : "all&" + feed.interest.shape();
    }

    NamespaceFeed namespace(Namespace namespace, Interest interest, CatalogSnapshot current) {
        return byNamespace
                .computeIfAbsent(namespace, n -> new LinkedHashMap<>(2))
                .computeIfAbsent(interest.shape(), shape -> new NamespaceFeed(namespace, interest, current));
    }

    /** Gives a namespace's feed one for each of its services. */
    void followServices(NamespaceFeed feed, CatalogSnapshot current) {
        if (!feed.followsServices()) {
            feed.followServices();
            for (ServiceState service : current.services().values()) {
                if (service.key().namespace().equals(feed.namespace)) {
                    follow(feed, service.key(), current);
                }
            }
        }
    }

    private void follow(NamespaceFeed feed, ServiceKey key, CatalogSnapshot current) {
        if (!feed.services().containsKey(key)) {
            ServiceFeed service = service(key, feed.interest, shapeWithin(feed), current);
            service.pins++;
            service.told = true;
            feed.add(service);
        }
    }

    Collection<ServiceFeed> of(ServiceKey service) {
        return byService.getOrDefault(service, Map.of()).values();
    }

    Collection<NamespaceFeed> of(Namespace namespace) {
        return byNamespace.getOrDefault(namespace, Map.of()).values();
    }

    /** Takes changes; gives the feeds that they touched. */
    Set<Feed> apply(List<RegistryChange> changes, CatalogSnapshot before, Notice notice) {
        Set<Feed> touched = new LinkedHashSet<>();
        for (RegistryChange change : changes) {
            if (change instanceof InstanceChanged changed) {
                apply(change.index(), changed.before(), changed.after(), before, touched, notice);
            } else if (change instanceof InstanceRemoved removed) {
                apply(change.index(), removed.before(), null, before, touched, notice);
            }
        }
        return touched;
    }

    private void apply(
            long index,
            @Nullable Instance was,
            @Nullable Instance is,
            CatalogSnapshot before,
            Set<Feed> touched,
            Notice notice) {
        Instance either = is == null ? was : is;
        if (either == null) {
            throw new IllegalStateException("a change of nothing at index " + index);
        }
        ServiceKey service = either.key().service();
        for (NamespaceFeed feed : of(service.namespace())) {
            if (feed.followsServices()) {
                follow(feed, service, before);
            }
            if (feed.apply(index, service, was, is)) {
                touched.add(feed);
                notice.touched(service, feed);
            }
        }
        String traceParent = notice.traceParent(service, index);
        for (ServiceFeed feed : of(service)) {
            if (feed.apply(index, was, is, traceParent)) {
                touched.add(feed);
                notice.touched(service, feed);
            }
        }
    }

    /** Starts over at a state, what happened since an index being lost; gives the feeds that may have been touched. */
    Set<Feed> restart(long knownUntil, CatalogSnapshot current) {
        Set<Feed> touched = new LinkedHashSet<>();
        byNamespace
                .values()
                .forEach(shapes -> shapes.values().forEach(feed -> {
                    if (feed.restart(knownUntil, current)) {
                        touched.add(feed);
                    }
                    if (feed.followsServices()) {
                        current.services().keySet().stream()
                                .filter(key -> key.namespace().equals(feed.namespace))
                                .forEach(key -> follow(feed, key, current));
                    }
                }));
        byService
                .values()
                .forEach(shapes -> shapes.values().forEach(feed -> {
                    if (feed.restart(knownUntil, current)) {
                        touched.add(feed);
                    }
                }));
        return touched;
    }

    /** To be called when somebody has begun or ceased to follow. */
    void used(Feed feed, long nowNanos) {
        if (feed.isInUse()) {
            idle.remove(feed);
        } else {
            idle.putIfAbsent(feed, nowNanos);
        }
    }

    /** Forgets what nobody has followed for long, and the frames that all have been sent. */
    void sweep(long nowNanos) {
        byService
                .values()
                .forEach(shapes -> shapes.values().forEach(feed -> {
                    feed.forgetFrames();
                    feed.readers.forgetOld(nowNanos);
                }));
        while (!idle.isEmpty()) {
            Map.Entry<Feed, Long> oldest = idle.entrySet().iterator().next();
            if (idle.size() <= IDLE_MAX && nowNanos - oldest.getValue() < KEPT_IDLE.toNanos()) {
                break;
            }
            idle.remove(oldest.getKey());
            // Somebody may be about to follow it who has not said so yet.
            if (!oldest.getKey().isInUse()) {
                remove(oldest.getKey(), nowNanos);
            }
        }
    }

    private void remove(Feed feed, long nowNanos) {
        if (feed instanceof ServiceFeed service) {
            removeFrom(byService, service.service, service.shape);
        } else if (feed instanceof NamespaceFeed namespace) {
            removeFrom(byNamespace, namespace.namespace, namespace.interest.shape());
            namespace.services().values().forEach(service -> {
                service.pins--;
                used(service, nowNanos);
            });
        }
    }

    private static <K, F> void removeFrom(Map<K, Map<String, F>> feeds, K key, String shape) {
        Map<String, F> shapes = feeds.get(key);
        if (shapes != null) {
            shapes.remove(shape);
            if (shapes.isEmpty()) {
                feeds.remove(key);
            }
        }
    }

    int size() {
        return byService.values().stream().mapToInt(Map::size).sum()
                + byNamespace.values().stream().mapToInt(Map::size).sum();
    }
}
