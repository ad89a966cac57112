package io.rollcall.client.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The present instances of watched services, put together from the events of a watch. Thread-safe. */
public final class WatchedServices {

    private static final class Watched {
        final SortedMap<String, Instance> instances = new TreeMap<>();
        long index;
    }

    // Guarded by this.
    private final SortedMap<ServiceKey, Watched> services = new TreeMap<>();
    private long index;

    /** Services of which nothing is known yet. */
    public WatchedServices() {}

    /**
     * Takes the next event.
     *
     * @param event the next one of a watch
     * @throws IllegalStateException if it is a change that does not begin where its service is: an event before it is
     *     missing
     */
    public synchronized void apply(WatchEvent event) {
        event.match(new WatchEvent.Cases<Void>() {
            @Override
            public Void snapshot(WatchEvent.Snapshot snapshot) {
                Watched watched = new Watched();
                services.put(snapshot.service(), watched);
                put(watched, snapshot.instances(), snapshot.index());
                return null;
            }

            @Override
            public Void change(WatchEvent.Change change) {
                Watched watched = services.get(change.service());
                if (watched == null || watched.index != change.from()) {
                    throw new IllegalStateException("the change of " + change.service() + " begins at "
                            + change.from() + ", and known is it "
                            + (watched == null ? "not at all" : "up to " + watched.index));
                }
                for (InstanceId gone : change.removed()) {
                    watched.instances.remove(gone.value());
                }
                put(watched, change.upserted(), change.to());
                return null;
            }

            @Override
            public Void sync(WatchEvent.Sync sync) {
                index = Math.max(index, sync.index());
                return null;
            }
        });
    }

    private void put(Watched watched, List<Instance> instances, long to) {
        for (Instance instance : instances) {
            watched.instances.put(instance.key().id().value(), instance);
        }
        watched.index = to;
        index = Math.max(index, to);
    }

    /**
     * Returns the services that were told of, also those without instances.
     *
     * @return sorted; a copy
     */
    public synchronized List<ServiceKey> services() {
        return List.copyOf(services.keySet());
    }

    /**
     * Returns the instances of a service.
     *
     * @param service any
     * @return sorted by id; a copy; empty if nothing was told of it
     */
    public synchronized List<Instance> instances(ServiceKey service) {
        Watched watched = services.get(service);
        Collection<Instance> instances = watched == null ? List.of() : watched.instances.values();
        return List.copyOf(instances);
    }

    /**
     * Returns how far a service is known.
     *
     * @param service any
     * @return registry index of its last event; 0 if nothing was told of it
     */
    public synchronized long index(ServiceKey service) {
        Watched watched = services.get(service);
        return watched == null ? 0 : watched.index;
    }

    /**
     * Returns the highest index that was told.
     *
     * @return registry index of any event; 0 at first
     */
    public synchronized long index() {
        return index;
    }
}
