package io.rollcall.client.directory;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a directory holds of one service. Confined to the lane. */
final class Entry {

    private final ServiceHandle handle;
    private final Belief belief;
    private final long askedAtNanos;

    /** The feed that it is known by; null if none. */
    @Nullable
    Feed owner;

    /** Whether what is believed is what the owner told. */
    boolean matchesOwner;

    /** Why the registry does not want it to be watched; null if it does. */
    @Nullable
    String refusal;

    /** Whether a read is under way. */
    boolean isReading;

    /** When the next read is due; null for at once. */
    @Nullable
    Long nextReadNanos;

    /** The list that is on disk; null if none is. */
    @Nullable
    List<Instance> savedInstances;

    /** When that was known to be so, by the lane's time. */
    long savedAtNanos;

    Entry(ServiceHandle handle, Belief belief, long askedAtNanos) {
        this.handle = handle;
        this.belief = belief;
        this.askedAtNanos = askedAtNanos;
    }

    ServiceKey service() {
        return handle.service();
    }

    ServiceHandle handle() {
        return handle;
    }

    Belief belief() {
        return belief;
    }

    ServiceView view() {
        return belief.view();
    }

    long askedAtNanos() {
        return askedAtNanos;
    }
}
