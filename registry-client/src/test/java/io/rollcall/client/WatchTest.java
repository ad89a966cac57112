package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.fake.FakeWatchNode;
import io.rollcall.client.fake.FakeWatchNode.Acknowledged;
import io.rollcall.client.fake.Samples;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchListener;
import io.rollcall.client.watch.WatchedServices;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch over real HTTP against nodes that stream what the test says. */
final class WatchTest {

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final Duration SYNC = Duration.ofSeconds(20);

    private final FakeWatchNode node = new FakeWatchNode();
    private final FakeWatchNode other = new FakeWatchNode();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> known = new CopyOnWriteArrayList<>();
    private final List<String> interruptions = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final WatchedServices services = new WatchedServices();
    private RegistryClient client;
    private Watch watch;

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
            client.close();
        }
        node.close();
        other.close();
    }

    private final class Recorder implements WatchListener {
        @Override
        public void onEvent(WatchEvent event) {
            threads.add(Thread.currentThread());
            services.apply(event);
            told.add(event.match(new WatchEvent.Cases<String>() {
                @Override
                public String snapshot(WatchEvent.Snapshot snapshot) {
                    return "snapshot " + snapshot.service().name() + " " + snapshot.index() + " "
                            + snapshot.instances().size();
                }

                @Override
                public String change(WatchEvent.Change change) {
                    return "change " + change.service().name() + " " + change.from() + "-" + change.to();
                }

                @Override
                public String sync(WatchEvent.Sync sync) {
                    return "sync " + sync.index();
                }
            }));
        }

        @Override
        public void onKnownUpTo(long index) {
            known.add(told.size() + " " + index);
        }

        @Override
        public void onInterrupted(String detail) {
            interruptions.add(detail);
        }

        @Override
        public void onRefused(Refusal refusal) {
            refusals.add(refusal);
        }
    }

    private void watch(Duration syncInterval, List<String> names, String... urls) {
        client = RegistryClient.builder()
                .servers(List.of(urls))
                .backoff(Duration.ofMillis(5), Duration.ofMillis(50))
                .build();
        var keys = names.stream().map(client::service).toList();
        var options = WatchOptions.healthy().withSyncInterval(syncInterval).withSubscriber("the test");
        watch = client.watch(keys, options, new Recorder());
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(10, SECONDS).untilAsserted(assertion);
    }

    private void awaitTold(String... expected) {
        eventually(() -> assertThat(told).containsExactly(expected));
    }

    @Test
    void eventsAreToldInOrderOnOneThreadAndComeToThePresent() {
        watch(SYNC, List.of("orders"), node.url());
        node.snapshot("orders", 5, Samples.json("o-1"))
                .change("orders", 5, 8, Samples.json("o-2"))
                .change("orders", 8, 9, 9, List.of(), "o-1")
                .sync(40);

        awaitTold("snapshot orders 5 1", "change orders 5-8", "change orders 8-9", "sync 40");
        assertThat(services.instances(ORDERS))
                .extracting(instance -> instance.key().id().value())
                .containsExactly("o-2");
        assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(node.asked())
                .containsExactly(new FakeWatchNode.Asked("/api/v1/watch?service=orders", null, "the test"));
        assertThat(watch.figures().events()).isEqualTo(4);
    }

    @Test
    void listenerIsToldUpToWhereAllIsKnown() {
        watch(SYNC, List.of("orders", "users"), node.url());
        node.snapshot("orders", 5).snapshot("users", 6);
        // Of the two changes, which belong together, the first repeats the id of before.
        node.change("orders", 5, 8, 6, List.of(), "").change("users", 6, 9).sync(40);

        eventually(() -> assertThat(known).hasSize(5));
        assertThat(known).element(2).isEqualTo("3 6");
        assertThat(known).element(3).isEqualTo("4 9");
        assertThat(known).element(4).isEqualTo("5 40");
    }

    @Test
    void brokenStreamIsResumedOnAnotherNodeBehindTheLastEvent() {
        other.refusal = problem(503, "not-ready");
        watch(SYNC, List.of("orders"), node.url(), other.url());
        node.snapshot("orders", 5, Samples.json("o-1")).change("orders", 5, 8, Samples.json("o-2"));
        awaitTold("snapshot orders 5 1", "change orders 5-8");

        node.refusal = problem(503, "not-ready");
        other.refusal = null;
        node.cut();
        other.change("orders", 8, 12, Samples.json("o-3"));

        awaitTold("snapshot orders 5 1", "change orders 5-8", "change orders 8-12");
        assertThat(other.asked().get(other.asked().size() - 1).lastEventId()).isEqualTo("8");
        assertThat(watch.figures().resumed()).isEqualTo(1);
        assertThat(watch.figures().gaps()).isZero();
        assertThat(services.instances(ORDERS)).hasSize(3);
    }

    @Test
    void streamThatEndsInGoodOrderIsResumed() {
        watch(SYNC, List.of("orders"), node.url());
        node.snapshot("orders", 5).end().sync(9);

        awaitTold("snapshot orders 5 0", "sync 9");
        assertThat(node.asked().get(1).lastEventId()).isEqualTo("5");
        assertThat(interruptions).singleElement().asString().contains("ended the stream");
    }

    @Test
    void eventsOfAGroupThatBrokeOffAreNotToldTwice() {
        watch(SYNC, List.of("orders", "users"), node.url());
        node.snapshot("orders", 3)
                .snapshot("users", 4)
                .change("orders", 3, 9, 4, List.of(Samples.json("o-1")), "")
                .cut()
                .change("orders", 3, 9, 4, List.of(Samples.json("o-1")), "")
                .send(
                        "event: change\nid: 10\ndata: {\"service\":\"users\",\"namespace\":\"default\",\"from\":4,\"to\":10,"
                                + "\"upserted\":[],\"removed\":[]}\n\n");

        awaitTold("snapshot orders 3 0", "snapshot users 4 0", "change orders 3-9", "change users 4-10");
        assertThat(node.asked().get(1).lastEventId()).isEqualTo("4");
        assertThat(watch.figures().gaps()).isZero();
    }

    @Test
    void missingEventMakesTheWatchBeginAnew() {
        watch(SYNC, List.of("orders"), node.url());
        node.snapshot("orders", 5).change("orders", 7, 9);
        eventually(() -> assertThat(node.asked()).hasSize(2));
        node.snapshot("orders", 12, Samples.json("o-1"), Samples.json("o-2"));

        awaitTold("snapshot orders 5 0", "snapshot orders 12 2");
        assertThat(services.index(ORDERS)).isEqualTo(12);
        assertThat(node.asked()).extracting(FakeWatchNode.Asked::lastEventId).containsOnlyNulls();
        assertThat(watch.figures().gaps()).isEqualTo(1);
        assertThat(interruptions.get(0)).contains("leads from 7 to 9").contains("known up to 5");
    }

    @Test
    void serviceThatIsGoneAfterARestartIsToldAsEmpty() {
        watch(SYNC, List.of(), node.url());
        node.snapshot("users", 3, Samples.json("o-1")).snapshot("orders", 5, Samples.json("o-1"));
        awaitTold("snapshot users 3 1", "snapshot orders 5 1");
        node.change("users", 4, 9);
        eventually(() -> assertThat(node.asked()).hasSize(2));

        node.snapshot("users", 12, Samples.json("o-1"));

        awaitTold("snapshot users 3 1", "snapshot orders 5 1", "snapshot users 12 1", "snapshot orders 12 0");
        assertThat(services.instances(ORDERS)).isEmpty();
        assertThat(node.asked().get(0).target()).isEqualTo("/api/v1/watch");
    }

    @Test
    void silentStreamIsGivenUpAlthoughCommentsCome() {
        watch(Duration.ofMillis(100), List.of("orders"), node.url());
        node.snapshot("orders", 5);
        awaitTold("snapshot orders 5 0");

        eventually(() -> {
            node.send(": still here\n\n");
            assertThat(interruptions).anyMatch(detail -> detail.contains("no event for 300 ms"));
        });

        // The listener hears of the end before the next stream is asked for.
        eventually(() -> assertThat(node.asked()).hasSizeGreaterThan(1));
        assertThat(node.asked())
                .last()
                .extracting(FakeWatchNode.Asked::lastEventId)
                .isEqualTo("5");
    }

    @Test
    void syncKeepsAQuietStream() {
        watch(Duration.ofMillis(400), List.of("orders"), node.url());
        node.snapshot("orders", 5);
        for (var index = 6; index < 10; index++) {
            var expected = "sync " + index;
            node.sync(index);
            eventually(() -> assertThat(told).contains(expected));
        }

        assertThat(node.asked()).hasSize(1);
    }

    @Test
    void whatTheListenerHasTakenIsAcknowledgedToItsStream() {
        watch(SYNC, List.of("orders"), node.url());
        node.snapshot("orders", 5).change("orders", 5, 8);
        eventually(() -> assertThat(node.acknowledged()).contains(new Acknowledged("n1-7", "{\"index\":8}")));

        node.end().sync(9);

        eventually(() -> assertThat(node.acknowledged()).contains(new Acknowledged("n1-8", "{\"index\":9}")));
        assertThat(node.acknowledged().get(0).body()).isIn("{\"index\":5}", "{\"index\":8}");
        eventually(() -> assertThat(watch.figures().acknowledgements())
                .isEqualTo(node.acknowledged().size()));
    }

    @Test
    void nothingIsAcknowledgedBeforeTheListenerReturns() throws Exception {
        var release = new CountDownLatch(1);
        var taking = new CountDownLatch(1);
        client = RegistryClient.builder().server(node.url()).build();
        watch = client.watch(List.of(ORDERS), WatchOptions.healthy(), event -> {
            taking.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        node.snapshot("orders", 5);
        taking.await();

        assertThat(node.acknowledged()).isEmpty();

        release.countDown();
        eventually(() -> assertThat(node.acknowledged()).hasSize(1));
    }

    @Test
    void watchThatIsRefusedForGoodEnds() {
        node.refusal = problem(400, "invalid-request");
        watch(SYNC, List.of("orders"), node.url(), other.url());
        other.refusal = node.refusal;

        eventually(() -> assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("invalid-request")));
        eventually(() -> assertThat(watch.isRunning()).isFalse());
    }

    @Test
    void whatStandsBeforeANodeRefusesNothingForGood() {
        node.refusal = answer(404, "<html>no backend</html>");
        watch(SYNC, List.of("orders"), node.url());
        eventually(() -> assertThat(interruptions).isNotEmpty());

        node.refusal = null;
        node.snapshot("orders", 5);

        awaitTold("snapshot orders 5 0");
    }

    @Test
    void nodeThatIsBehindIsNotFollowedAnew() {
        watch(SYNC, List.of("orders"), node.url(), other.url());
        node.applied = 50;
        other.applied = 50;
        // Whichever of the two is followed first.
        eventually(() -> assertThat(node.asked().size() + other.asked().size()).isEqualTo(1));
        var first = node.asked().isEmpty() ? other : node;
        var second = first == node ? other : node;
        first.snapshot("orders", 50);
        awaitTold("snapshot orders 50 0");
        first.applied = 20;
        second.applied = 60;

        first.change("orders", 51, 52);
        second.snapshot("orders", 60);

        awaitTold("snapshot orders 50 0", "snapshot orders 60 0");
        assertThat(interruptions).anyMatch(detail -> detail.contains("has applied index 20, and 50 was told already"));
    }

    @Test
    void registryThatWasRestoredIsFollowedAnewAfterAWhile() {
        watch(Duration.ofMillis(100), List.of("orders"), node.url());
        node.snapshot("orders", 50);
        awaitTold("snapshot orders 50 0");

        node.refusal = problem(503, "not-ready");
        node.cut();
        eventually(() -> assertThat(node.asked()).anyMatch(asked -> "50".equals(asked.lastEventId())));
        eventually(() -> assertThat(node.asked().get(node.asked().size() - 1).lastEventId())
                .isNull());
        node.refusal = null;
        node.snapshot("orders", 4);

        eventually(() -> assertThat(told).endsWith("snapshot orders 4 0"));
    }

    @Test
    void exceptionOfTheListenerEndsTheWatch() {
        client = RegistryClient.builder().server(node.url()).build();
        watch = client.watch(List.of(ORDERS), WatchOptions.healthy(), event -> {
            throw new IllegalArgumentException("as the test wants it");
        });
        node.snapshot("orders", 5);

        eventually(() -> assertThat(watch.isRunning()).isFalse());
        assertThat(node.acknowledged()).isEmpty();
    }

    @Test
    void closingEndsAStreamThatIsQuietAndOneThatNeverBegan() {
        watch(SYNC, List.of("orders"), node.url());
        node.snapshot("orders", 5);
        awaitTold("snapshot orders 5 0");
        watch.close();
        assertThat(watch.isRunning()).isFalse();

        watch(SYNC, List.of("orders"), "http://127.0.0.1:1");
        client.close();
        assertThat(watch.isRunning()).isFalse();
        assertThat(refusals).isEmpty();
    }

    @Test
    void watchIsOfOneNamespaceAndItsNameIsChecked() {
        client = RegistryClient.builder().server(node.url()).build();
        var elsewhere = List.of(ServiceKey.of("blue", "orders"));

        assertThatThrownBy(() -> client.watch(elsewhere, WatchOptions.healthy(), event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one namespace");
        assertThatThrownBy(() -> WatchOptions.healthy().withSubscriber("a\nb"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
