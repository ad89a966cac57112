package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BatchPumpTest {

    private static final BatchPump.Limits LIMITS = new BatchPump.Limits(3, 100, 2, 10, 1_000);

    private final List<List<Proposal>> sent = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> inFlight = new ArrayDeque<>();

    private final BatchPump pump = new BatchPump(LIMITS, this::send, Runnable::run);

    private CompletableFuture<?> send(List<Proposal> batch) {
        sent.add(batch);
        inFlight.add(new CompletableFuture<>());
        return inFlight.getLast();
    }

    private record Item(String name, int size) implements Proposal {
        @Override
        public byte[] encoded() {
            return new byte[size];
        }

        @Override
        public int featureLevel() {
            return 1;
        }

        @Override
        public void settled(Disposition disposition) {
            throw new IllegalStateException("the sender settles, not the pump");
        }
    }

    private boolean offer(String name, int size) {
        return pump.offer(new Item(name, size));
    }

    private List<List<String>> names() {
        return sent.stream()
                .map(batch -> batch.stream().map(item -> ((Item) item).name()).toList())
                .toList();
    }

    @Test
    void whatFindsNothingInFlightGoesAtOnce() {
        offer("a", 1);

        assertThat(names()).containsExactly(List.of("a"));
    }

    @Test
    void whatArrivesMeanwhileFillsTheNextBatch() {
        offer("a", 1);
        offer("b", 1);
        offer("c", 1);
        assertThat(sent).hasSize(1);

        inFlight.removeFirst().complete(null);

        assertThat(names()).containsExactly(List.of("a"), List.of("b", "c"));
    }

    @Test
    void aFullBatchGoesBesideTheOnesInFlight() {
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
            offer(name, 1);
        }

        assertThat(names()).containsExactly(List.of("a"), List.of("b", "c", "d"));
        inFlight.removeFirst().complete(null);
        assertThat(names()).endsWith(List.of("e", "f", "g"));
    }

    @Test
    void aBatchThatFailsMakesRoomAllTheSame() {
        offer("a", 1);
        offer("b", 1);

        inFlight.removeFirst().completeExceptionally(new IllegalStateException("no"));

        assertThat(names()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void bytesFillABatch() {
        offer("a", 1);
        offer("b", 60);
        offer("c", 60);

        assertThat(names()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void aLargeProposalGoesAlone() {
        offer("a", 1);
        offer("b", 500);
        offer("c", 1);

        inFlight.removeFirst().complete(null);
        inFlight.removeFirst().complete(null);

        assertThat(names()).containsExactly(List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    void aFullQueueRefusesByCount() {
        // One batch of one and one of three are in flight; ten wait.
        for (int i = 0; i < 1 + 3 + 10; i++) {
            assertThat(offer("x", 1)).isTrue();
        }

        assertThat(offer("late", 1)).isFalse();

        inFlight.removeFirst().complete(null);
        assertThat(offer("later", 1)).isTrue();
    }

    @Test
    void aFullQueueRefusesByBytes() {
        offer("a", 1);
        offer("b", 100);
        offer("c", 900);

        assertThat(offer("d", 200)).isFalse();
        assertThat(offer("e", 50)).isTrue();
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        int threads = 4;
        int each = 20_000;
        var sizes = new AtomicInteger();
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var executor = Executors.newFixedThreadPool(threads);
        var limits = new BatchPump.Limits(64, 1 << 20, 3, threads * each, 1L << 30);
        var concurrent = new BatchPump(
                limits,
                batch -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    return CompletableFuture.runAsync(
                            () -> {
                                running.decrementAndGet();
                                sizes.addAndGet(batch.size());
                            },
                            executor);
                },
                executor);
        var offered = new CountDownLatch(threads);

        for (int t = 0; t < threads; t++) {
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            concurrent.offer(new Item("x", 10));
                        }
                        offered.countDown();
                    })
                    .start();
        }

        assertThat(offered.await(10, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(sizes).hasValue(threads * each));
        assertThat(most.get()).isLessThanOrEqualTo(3);
        executor.shutdownNow();
    }
}
