package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.Samples;
import io.rollcall.client.watch.WatchEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that blocks each thread of the common pool, in which the JDK's HTTP client tells how its requests end. */
final class CommonPoolTest {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(300);

    private final CountDownLatch release = new CountDownLatch(1);
    private final FakeNode node = new FakeNode(answer(200, Samples.discovery("o-1")));

    @BeforeEach
    void block() throws InterruptedException {
        int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
        CountDownLatch blocked = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(blocked.await(10, SECONDS)).isTrue();
    }

    @AfterEach
    void release() {
        release.countDown();
        node.close();
    }

    @Test
    void callIsAnsweredByItsFirstAttempt() {
        try (RegistryClient client = RegistryClient.builder().server(node.url()).build()) {
            assertThat(client.discover(client.service("orders"))).isInstanceOf(Outcome.Done.class);
            assertThat(client.async().discover(client.service("orders")))
                    .succeedsWithin(1, SECONDS)
                    .isInstanceOf(Outcome.Done.class);
        }
        assertThat(node.requests()).hasSize(2);
    }

    @Test
    void callGoesOnFromAServerThatIsDown() throws IOException {
        try (RegistryClient client = client(freeUrl(), node.url())) {
            assertThat(client.discover(client.service("orders"))).isInstanceOf(Outcome.Done.class);
            assertThat(client.discover(client.service("orders"))).isInstanceOf(Outcome.Done.class);
        }
        assertThat(node.requests()).hasSize(2);
    }

    @Test
    void watchIsToldAndGoesOnWhenItsStreamBreaks() {
        List<Long> told = new CopyOnWriteArrayList<>();

        try (FakeWatchNode streaming = new FakeWatchNode();
                RegistryClient client = RegistryClient.builder()
                        .server(streaming.url())
                        .attemptTimeout(ATTEMPT_TIMEOUT)
                        .backoff(Duration.ofMillis(5), Duration.ofMillis(20))
                        .build()) {
            client.watch(List.of(client.service("orders")), WatchOptions.healthy(), event -> told.add(index(event)));
            streaming.snapshot("orders", 5);
            await().untilAsserted(() -> assertThat(told).containsExactly(5L));

            streaming.cut().sync(9);

            await().untilAsserted(() -> assertThat(told).containsExactly(5L, 9L));
            await().untilAsserted(() -> assertThat(streaming.acknowledged())
                    .extracting(FakeWatchNode.Acknowledged::body)
                    .contains("{\"index\":9}"));
        }
    }

    private static long index(WatchEvent event) {
        return event.match(new WatchEvent.Cases<>() {
            @Override
            public Long snapshot(WatchEvent.Snapshot snapshot) {
                return snapshot.index();
            }

            @Override
            public Long change(WatchEvent.Change change) {
                return change.to();
            }

            @Override
            public Long sync(WatchEvent.Sync sync) {
                return sync.index();
            }
        });
    }

    private static RegistryClient client(String... urls) {
        return OrderedClient.of(null, ATTEMPT_TIMEOUT, CallTelemetry.none(), urls);
    }

    private static String freeUrl() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }
}
