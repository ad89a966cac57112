package io.rollcall.server.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A node that is never behind. */
final class AlwaysCurrent implements Freshness {

    @Override
    public CompletableFuture<Boolean> barrier(Duration deadline) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Boolean> awaitIndex(long registryIndex, Duration deadline) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public long dataAgeMillis() {
        return 0;
    }

    @Override
    public boolean hasCaughtUp() {
        return true;
    }
}
