package io.rollcall.server.app;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How current an answer must be.
 *
 * @param linearizable whether it must hold all that was acknowledged before the request began
 * @param maxStaleness the age that this node must be able to vouch for; null: any
 * @param minIndex the registry index that this node must have applied; 0: any
 */
public record ReadDemand(boolean linearizable, @Nullable Duration maxStaleness, long minIndex) {

    /** Whatever this node has. */
    public static final ReadDemand STALE = new ReadDemand(false, null, 0);

    /**
     * Tells whether whatever this node has will do.
     *
     * @return true if nothing is demanded
     */
    public boolean isStale() {
        return !linearizable && maxStaleness == null && minIndex == 0;
    }
}
