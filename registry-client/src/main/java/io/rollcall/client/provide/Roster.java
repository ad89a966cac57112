package io.rollcall.client.provide;

import io.rollcall.api.model.InstanceKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** All instances that a provider keeps registered. Thread-safe. */
final class Roster {

    private final ConcurrentMap<InstanceKey, KeptInstance> kept = new ConcurrentHashMap<>();
    private boolean isClosed;

    /**
     * Takes one more in.
     *
     * @throws IllegalStateException if its id is kept already, or none is taken any more
     */
    synchronized void add(KeptInstance instance) {
        if (isClosed) {
            throw new IllegalStateException("the provider is closed: " + instance.key() + " cannot be registered");
        }
        KeptInstance present = kept.get(instance.key());
        if (present != null && !present.state().isFinal()) {
            throw new IllegalStateException(
                    instance.key() + " is registered by this provider already: update or deregister that one");
        }
        kept.put(instance.key(), instance);
    }

    /** Those that something may have to be done for; what has ended is forgotten. */
    List<KeptInstance> all() {
        kept.values().removeIf(instance -> instance.state().isFinal());
        return List.copyOf(kept.values());
    }

    /** The same, and takes in no more. */
    synchronized List<KeptInstance> close() {
        isClosed = true;
        return all();
    }
}
