package io.rollcall.server.watch;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Those who wait until all up to an index was told. They are few: other nodes that ask. Confined to the hub's thread. */
final class Arrivals {

    private record Arrival(long index, long deadlineNanos, CompletableFuture<Boolean> answer) {}

    private final PriorityQueue<Arrival> waiting = new PriorityQueue<>(Comparator.comparingLong(Arrival::index));

    void add(long index, long deadlineNanos, CompletableFuture<Boolean> answer) {
        waiting.add(new Arrival(index, deadlineNanos, answer));
    }

    void reached(long index) {
        while (!waiting.isEmpty() && waiting.peek().index <= index) {
            waiting.remove().answer.complete(true);
        }
    }

    void expire(long nowNanos) {
        waiting.removeIf(arrival -> arrival.deadlineNanos - nowNanos <= 0 && arrival.answer.complete(false));
    }

    void endAll() {
        waiting.forEach(arrival -> arrival.answer.complete(false));
        waiting.clear();
    }
}
