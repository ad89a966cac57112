package io.rollcall.server.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way to the leader's expiry governor, from any node. */
public interface ExpiryDesk {

    /**
     * Asks the leader what its expiry governor holds back.
     *
     * @param release whether to let it go first
     * @param deadline how long to try
     * @return UTF-8 JSON; null if no leader answered in time; never fails
     */
    CompletableFuture<byte @Nullable []> expiry(boolean release, Duration deadline);
}
