package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is still known of instances that were removed. */
public interface Removals {

    /**
     * Finds the last removal of an instance.
     *
     * @param key one that is not registered
     * @return null if it never was, or went too long ago to be remembered, or this node cannot tell just now
     */
    @Nullable
    Removal removal(InstanceKey key);

    /**
     * A removal.
     *
     * @param incarnation that was removed
     * @param at when, by the replicated clock
     */
    record Removal(long incarnation, Instant at) {}
}
