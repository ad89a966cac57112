package io.rollcall.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ticker whose pauses take no time, and are remembered. */
final class ManualTicker implements Ticker {

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return System.nanoTime()
                + pauses.stream().reduce(Duration.ZERO, Duration::plus).toNanos();
    }

    @Override
    public CompletableFuture<Void> pause(Duration duration) {
        pauses.add(duration);
        return CompletableFuture.completedFuture(null);
    }

    List<Duration> pauses() {
        return pauses;
    }
}
