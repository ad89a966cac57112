package io.rollcall.server.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How current this node's state is, and the means to make it so. */
public interface Freshness {

    /**
     * Passes the read barrier: after it this node's state holds all that was acknowledged anywhere before the call.
     *
     * @param deadline how long to try
     * @return true if the barrier was passed, false if not in time; never fails
     */
    CompletableFuture<Boolean> barrier(Duration deadline);

    /**
     * Waits until this node has applied a registry index.
     *
     * @param registryIndex what to wait for
     * @param deadline how long
     * @return true if it has, false if not in time; never fails
     */
    CompletableFuture<Boolean> awaitIndex(long registryIndex, Duration deadline);

    /**
     * Returns how long ago this node knew itself current.
     *
     * @return milliseconds, 0 or more; {@link Long#MAX_VALUE} if never since its start
     */
    long dataAgeMillis();

    /**
     * Tells whether this node has caught up once since its start. Until then it serves no reads.
     *
     * @return false at first, then true for ever
     */
    boolean hasCaughtUp();
}
