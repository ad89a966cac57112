package io.rollcall.server.app.access;

import io.rollcall.api.error.Problem;
import io.rollcall.api.model.InstanceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether there is room for what is to be stored, as far as this node knows: what is under way is not counted. What makes
 * room (deregistrations, expiry) and what stores nothing (heartbeats) never asks. Thread-safe; no method blocks.
 */
public interface Storage {

    /** Room for everything, for tests. */
    Storage UNBOUNDED = new Storage() {
        @Override
        public @Nullable Problem refusal(List<InstanceKey> registered, @Nullable String identity) {
            return null;
        }

        @Override
        public @Nullable Problem refusalOfConfiguration() {
            return null;
        }
    };

    /**
     * Asks for instances.
     *
     * @param registered that are to be registered; those that are there already take no more room
     * @param identity who will own them; null for nobody
     * @return why not; null if there is room
     */
    @Nullable
    Problem refusal(List<InstanceKey> registered, @Nullable String identity);

    /**
     * Asks for a configuration value, whose own quotas are held to elsewhere.
     *
     * @return why not; null if there is room
     */
    @Nullable
    Problem refusalOfConfiguration();
}
