package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import org.jspecify.annotations.Nullable;

/** What the leader has counted of the health checks that it makes. It is soft state: no other node knows it. */
public interface CheckCounts {

    /**
     * Returns what was counted of one instance.
     *
     * @param key which
     * @param incarnation of which registration of it
     * @return null if this node does not lead, or does not check it
     */
    @Nullable
    Counted counted(InstanceKey key, long incarnation);

    /**
     * Results in a row; one of the two is 0.
     *
     * @param failures up to the {@code retries} that make it critical
     * @param successes up to the {@code successes} that make it pass
     */
    record Counted(int failures, int successes) {}
}
