package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.query.Selection;
import io.rollcall.server.watch.WatchCounters.Count;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WatchHubTest {

    private static final Interest DEFAULT = new Interest(Selection.DEFAULT, null);
    private static final Interest PROD = new Interest(Selection.parse(Map.of("tag", List.of("env:prod"))), null);
    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");

    private final Registry registry = new Registry();

    private Node node() {
        registry.commit();
        return new Node(registry);
    }

    private static long count(Node node, Count count) {
        return node.hub.counters().get(count);
    }

    private CompletableFuture<Waited> await(Node node, Interest interest, long index, Duration longest) {
        var order = new WaitOrder(
                Namespace.DEFAULT, ORDERS, interest, index, longest, new Subscriber("r1", "127.0.0.1:9", 0));
        var answer = node.hub.await(order);
        node.settle();
        return answer;
    }

    @Test
    void streamBeginsWithASnapshotOfEachServiceAndNamesItself() {
        registry.put("orders", "a").put("billing", "b");
        var node = node();

        var watcher = new Watcher(registry, DEFAULT, "billing", "orders", "nobody").watch(node);

        assertThat(watcher.types()).containsExactly("snapshot", "snapshot", "snapshot");
        assertThat(watcher.events.stream().map(Watcher.Event::id)).containsExactly(null, null, registry.index());
        assertThat(watcher.sink.subscription).startsWith("n1-");
        assertThat(watcher.state("orders")).containsOnlyKeys("a");
        assertThat(watcher.state("nobody")).isEmpty();
    }

    @Test
    void streamBeginsWithAllThatWasAppliedWhenItWasOpened() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders");
        var opened = new AtomicReference<CompletableFuture<Admission>>();
        // Called in the midst of a round, when the changes of the round were told.
        node.hub.onTold(nanos -> {
            if (opened.get() == null) {
                registry.put("orders", "c").commit();
                node.catchUp();
                opened.set(watcher.open(node));
            }
        });

        registry.put("orders", "b").commit();
        node.tell();

        assertThat(opened.get()).isCompletedWithValue(Admission.DONE);
        assertThat(watcher.types()).containsExactly("snapshot");
        assertThat(watcher.state("orders")).containsOnlyKeys("a", "b", "c");
        assertThat(count(node, Count.WAKEUPS)).isZero();
    }

    @Test
    void changeHoldsWhatChangedAlone() {
        registry.put("orders", "a").put("orders", "b").put("orders", "c");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node);

        registry.put("orders", "b").remove("orders", "c").commit();
        node.tell();

        var change = watcher.last();
        assertThat(change.type()).isEqualTo("change");
        assertThat(change.id()).isEqualTo(registry.index());
        assertThat(change.data().path("upserted")).hasSize(1);
        assertThat(change.data().path("upserted").get(0).path("id").asText()).isEqualTo("b");
        assertThat(change.data().path("removed").toString()).isEqualTo("[\"c\"]");
    }

    @Test
    void nobodyWakesForWhatDoesNotTouchHim() {
        registry.put("orders", "a", InstanceStatus.PASSING, Map.of("env", "prod"));
        var node = node();
        var all = new Watcher(registry, DEFAULT, "orders").watch(node);
        var prod = new Watcher(registry, PROD, "orders").watch(node);
        var reader = await(node, DEFAULT, registry.index(), Duration.ofMinutes(10));

        for (var i = 0; i < 10_000; i++) {
            registry.put("billing", "i" + i % 10).commit();
            if (i % 7 == 0) {
                node.tell();
            }
        }
        node.tell();

        assertThat(all.types()).containsExactly("snapshot");
        assertThat(reader).isNotDone();
        assertThat(count(node, Count.WAKEUPS)).isZero();
        assertThat(count(node, Count.USELESS_WAKEUPS)).isZero();

        registry.put("orders", "b", InstanceStatus.PASSING, Map.of("env", "dev"))
                .commit();
        node.tell();

        assertThat(all.types()).containsExactly("snapshot", "change");
        assertThat(prod.types()).containsExactly("snapshot");
        assertThat(reader).isCompletedWithValue(Waited.CHANGED);
        assertThat(count(node, Count.WAKEUPS)).isEqualTo(2);
        assertThat(count(node, Count.USELESS_WAKEUPS)).isZero();
    }

    @Test
    void theRegistrysOwnWaitIsWokenAndCountsAsNoReader() {
        registry.put("orders", "a");
        var node = node();
        var own = node.hub.await(
                new WaitOrder(Namespace.DEFAULT, ORDERS, DEFAULT, registry.index(), Duration.ofMinutes(1), null));
        node.settle();
        var reader = await(node, DEFAULT, registry.index(), Duration.ofMinutes(1));
        assertThat(node.hub.figures().waits()).isEqualTo(1);

        registry.put("orders", "b").commit();
        node.tell();

        assertThat(own).isCompletedWithValue(Waited.CHANGED);
        assertThat(reader).isCompletedWithValue(Waited.CHANGED);
        assertThat(node.hub.figures().waits()).isZero();
        assertThat(count(node, Count.WAKEUPS)).isEqualTo(1);
    }

    @Test
    void slowReaderGetsTheNewestStateAndNothingIsQueuedForHim() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node);
        watcher.slow(true);
        registry.put("orders", "b").commit();
        node.tell();

        for (var i = 0; i < 500; i++) {
            registry.put("orders", "b").commit();
            node.tell();
        }
        assertThat(watcher.events).hasSize(2);
        watcher.slow(false);
        node.settle();

        assertThat(watcher.events).hasSize(3);
        assertThat(watcher.last().data().path("upserted")).hasSize(1);
        assertThat(watcher.safe).isEqualTo(registry.index());
        assertThat(count(node, Count.RESTARTS)).isZero();
    }

    @Test
    void changeOfWhatWasSentAlreadyIsToldAfterTheRestOfALongBeginning() {
        for (var i = 0; i < 400; i++) {
            registry.put("billing", "b" + i).put("orders", "o" + i);
        }
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "billing", "orders");
        watcher.slow(true);
        watcher.watch(node);
        assertThat(watcher.types()).as("the beginning of the beginning").containsExactly("snapshot");

        registry.put("billing", "b0").commit();
        node.tell();
        watcher.slow(false);
        node.settle();

        assertThat(watcher.types()).containsExactly("snapshot", "snapshot", "change");
        assertThat(watcher.safe).isEqualTo(registry.index());
    }

    @Test
    void readerWhoHasJustBegunIsNotWokenForNothing() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders");
        watcher.slow(true);
        watcher.watch(node);

        registry.put("billing", "b").commit();
        node.tell();
        watcher.slow(false);
        node.settle();

        assertThat(watcher.types()).containsExactly("snapshot");
        assertThat(count(node, Count.USELESS_WAKEUPS)).isZero();
    }

    @Test
    void readerWhoIsTooFarBehindBeginsAnewAndThatIsCounted() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node);
        watcher.slow(true);

        for (var i = 0; i <= TouchLog.TOUCHES_MAX + 1; i++) {
            registry.put("orders", "b").commit();
            node.tell();
        }
        watcher.slow(false);
        node.settle();

        assertThat(watcher.types()).containsExactly("snapshot", "change", "snapshot");
        assertThat(count(node, Count.RESTARTS)).isEqualTo(1);
    }

    @Test
    void readerWhoTakesNothingIsDropped() {
        registry.put("orders", "a");
        var node = node();
        var stuck = new Watcher(registry, DEFAULT, "orders").watch(node);
        var quick = new Watcher(registry, DEFAULT, "orders").watch(node);
        stuck.slow(true);
        registry.put("orders", "b").commit();
        node.tell();

        node.pass(Duration.ofSeconds(30));
        assertThat(stuck.sink.isCut).isFalse();
        node.pass(Duration.ofSeconds(1));

        assertThat(stuck.sink.isCut).isTrue();
        assertThat(quick.sink.isCut).isFalse();
        assertThat(count(node, Count.DROPPED_TOO_SLOW)).isEqualTo(1);
        assertThat(node.hub.figures().streams()).isEqualTo(1);
    }

    @Test
    void quietStreamSaysHowFarTheNodeIs() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node);
        registry.put("billing", "b").put("billing", "c").commit();
        node.tell();
        assertThat(watcher.types()).containsExactly("snapshot");

        node.pass(Duration.ofSeconds(10));

        assertThat(watcher.types()).containsExactly("snapshot", "sync");
        assertThat(watcher.last().data().toString()).isEqualTo("{\"index\":" + registry.index() + "}");
        assertThat(watcher.safe).isEqualTo(registry.index());
    }

    @Test
    void resumedStreamNamesItselfAndGoesOnWhereItWas() {
        registry.put("orders", "a").put("orders", "b");
        var first = node();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(first);
        registry.put("orders", "c").remove("orders", "a").commit();

        watcher.watch(new Node(registry));

        assertThat(watcher.types()).containsExactly("snapshot", "sync", "change");
        assertThat(watcher.events.get(1).data().path("subscription").asText()).isEqualTo(watcher.sink.subscription);
        assertThat(watcher.state("orders")).containsOnlyKeys("b", "c");
    }

    @Test
    void nodeWithoutMemoryOfThePastGivesAnHonestSnapshot() {
        registry.put("orders", "a");
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node());
        registry.put("orders", "c").remove("orders", "a").commit();
        var forgetful = new Node(registry, PastTouches.NONE, Node.SETTINGS);

        watcher.watch(forgetful);

        assertThat(watcher.types()).containsExactly("snapshot", "sync", "snapshot");
        assertThat(count(forgetful, Count.RESUMES)).isEqualTo(1);
        assertThat(count(forgetful, Count.RESUMES_BY_SNAPSHOT)).isEqualTo(1);
        assertThat(watcher.state("orders")).containsOnlyKeys("c");
    }

    @Test
    void watcherOfAllHearsOfServicesThatAreNew() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT).watch(node);

        registry.put("billing", "b").commit();
        node.tell();
        registry.put("billing", "c").commit();
        node.tell();

        assertThat(watcher.types()).containsExactly("snapshot", "snapshot", "change");
        assertThat(watcher.state("billing")).containsOnlyKeys("b", "c");
    }

    @Test
    void readWaitsForItsOwnAnswerAndNoLongerThanItsTime() {
        registry.put("orders", "a", InstanceStatus.PASSING, Map.of("env", "prod"));
        var node = node();
        registry.put("orders", "b", InstanceStatus.PASSING, Map.of("env", "dev"))
                .commit();
        node.tell();

        var behind = await(node, DEFAULT, registry.index() - 1, Duration.ofSeconds(30));
        var prod = await(node, PROD, registry.index() - 1, Duration.ofSeconds(30));
        assertThat(behind).isCompletedWithValue(Waited.CHANGED);
        assertThat(prod).isNotDone();
        node.pass(Duration.ofSeconds(29));
        assertThat(prod).isNotDone();
        node.pass(Duration.ofSeconds(3));

        assertThat(prod).isCompletedWithValue(Waited.UNCHANGED);
        assertThat(count(node, Count.WAKEUPS)).isZero();
    }

    @Test
    void readOfOneInstanceWaitsForItAlone() {
        registry.put("orders", "a").put("orders", "b");
        var node = node();
        var one = new Interest(Selection.ALL, new InstanceId("a"));
        var reader = await(node, one, registry.index(), Duration.ofMinutes(1));

        registry.put("orders", "b").commit();
        node.tell();
        assertThat(reader).isNotDone();
        registry.remove("orders", "a").commit();
        node.tell();

        assertThat(reader).isCompletedWithValue(Waited.CHANGED);
    }

    @Test
    void moreThanTheLimitsAreRefused() {
        registry.put("orders", "a");
        registry.commit();
        var settings = new WatchSettings(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(30), 1_000, 100);
        var node = new Node(registry, registry, settings);
        new Watcher(registry, DEFAULT, "orders").watch(node);
        var waiting = await(node, DEFAULT, registry.index(), Duration.ofMinutes(1));

        var order =
                new StreamOrder(Namespace.DEFAULT, List.of(ORDERS), DEFAULT, 0, new Subscriber("x", "127.0.0.1:1", 0));
        var refused = node.hub.open(order, new Watcher(registry, DEFAULT).new Sink());
        node.settle();

        assertThat(refused).isCompletedWithValue(Admission.TOO_MANY);
        assertThat(await(node, DEFAULT, registry.index(), Duration.ofMinutes(1)))
                .isCompletedWithValue(Waited.TOO_MANY);
        assertThat(waiting).isNotDone();
        assertThat(count(node, Count.REFUSED)).isEqualTo(2);
    }

    @Test
    void followersSayHowFarTheyAre() {
        registry.put("orders", "a");
        var node = node();
        var seen = registry.index();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node);
        assertThat(await(node, DEFAULT, seen, Duration.ofMinutes(1))).isNotDone();
        registry.put("orders", "b").commit();
        node.tell();
        var known = node.hub.acknowledge(watcher.sink.subscription, seen);
        var unknown = node.hub.acknowledge("n1-nobody", seen);

        var followers = node.hub.followers(ORDERS);
        node.settle();

        assertThat(known).isCompletedWithValue(true);
        assertThat(unknown).isCompletedWithValue(false);
        var found = followers.join();
        assertThat(found.position()).isEqualTo(registry.index());
        assertThat(found.following()).hasSize(2).allSatisfy(one -> {
            assertThat(one.sent()).isEqualTo(registry.index());
            assertThat(one.acknowledged()).isEqualTo(seen);
            assertThat(one.lag()).isEqualTo(registry.index() - seen);
        });

        node.pass(Duration.ofSeconds(11));
        var later = node.hub.followers(ORDERS);
        node.settle();
        assertThat(later.join().following()).hasSize(1);
    }

    @Test
    void feedsThatNobodyFollowsAreForgotten() {
        registry.put("orders", "a");
        var node = node();
        for (var i = 0; i < 100; i++) {
            var interest = new Interest(Selection.parse(Map.of("tag", List.of("k:" + i))), null);
            assertThat(await(node, interest, 0, Duration.ZERO)).isDone();
        }
        assertThat(node.hub.figures().feeds()).isEqualTo(100);

        node.pass(Feeds.KEPT_IDLE.plusSeconds(1));
        node.pass(Duration.ofSeconds(1));

        assertThat(node.hub.figures().feeds()).isZero();
    }

    @Test
    void closedHubEndsItsStreamsInGoodOrderAndTakesNobodyIn() {
        registry.put("orders", "a");
        var node = node();
        var watcher = new Watcher(registry, DEFAULT, "orders").watch(node);
        var waiting = await(node, DEFAULT, registry.index(), Duration.ofMinutes(1));
        node.hub.start();

        node.hub.close();

        assertThat(watcher.sink.hasEnded).isTrue();
        assertThat(waiting).isCompletedWithValue(Waited.STOPPING);
        assertThat(node.hub.await(new WaitOrder(
                        Namespace.DEFAULT, ORDERS, DEFAULT, registry.index(), Duration.ofMinutes(1), null)))
                .isCompletedWithValue(Waited.STOPPING);
    }
}
