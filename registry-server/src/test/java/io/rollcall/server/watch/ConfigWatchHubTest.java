package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Namespace;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.watch.WatchCounters.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ConfigWatchHubTest {

    private static final WatchSettings FEW =
            new WatchSettings(100, 1, Duration.ofSeconds(10), Duration.ofSeconds(30), 1_000, 4);

    private final Registry registry = new Registry();

    private Node node(WatchSettings settings) {
        registry.commit();
        return new Node(registry, registry, settings);
    }

    private Node node() {
        return node(Node.SETTINGS);
    }

    private ConfigWatcher watcher(Node node, String prefix) {
        return new ConfigWatcher(registry, prefix).watch(node);
    }

    private static long count(Node node, Count count) {
        return node.hub.counters().get(count);
    }

    @Test
    void streamBeginsWithAllKeysUnderThePrefixThatAreNotDeleted() {
        registry.config("a/1", false).config("a/2", false).config("b/1", false).config("a/2", true);
        var node = node();

        var watcher = watcher(node, "a/");

        assertThat(watcher.types()).containsExactly("config-snapshot");
        assertThat(watcher.last().data().path("keys")).hasSize(1);
        assertThat(watcher.last().id()).isEqualTo(registry.index());
        assertThat(watcher.sink.subscription).startsWith("n1-");
        watcher.knowsAll();
    }

    @Test
    void prefixWithoutAKeyBeginsWithAnEmptySnapshot() {
        registry.put("orders", "a");
        var node = node();

        var watcher = watcher(node, "a/");
        registry.config("a/1", false).commit();
        node.tell();

        assertThat(watcher.types()).containsExactly("config-snapshot", "config-change");
        assertThat(watcher.events.get(0).data().path("index").asLong()).isEqualTo(1);
    }

    @Test
    void manyKeysComeInPiecesOfBoundedSizeOfWhichTheLastAloneHasAnId() {
        for (var i = 0; i < 3_000; i++) {
            registry.config("a/" + i, false);
        }
        var node = node();
        var watcher = new ConfigWatcher(registry, "a/");
        watcher.slow(true);
        watcher.watch(node);

        // One piece a write, and none is made before the one before it was taken.
        assertThat(watcher.events).hasSize(1);
        for (var pieces = 1; watcher.last().data().path("more").asBoolean(); pieces++) {
            assertThat(watcher.events).hasSize(pieces);
            watcher.read();
            node.settle();
        }

        assertThat(watcher.events)
                .hasSizeGreaterThan(8)
                .allSatisfy(event -> assertThat(event.bytes()).isLessThan(Stream.WRITE_BYTES + 1_024));
        assertThat(watcher.events.stream().map(ConfigWatcher.Event::id)).containsOnly(null, registry.index());
        watcher.slow(false);
        watcher.knowsAll();
    }

    @Test
    void changesBetweenThePiecesAreToldBehindThem() {
        for (var i = 0; i < 1_000; i++) {
            registry.config("a/" + i, false);
        }
        var node = node();
        var watcher = new ConfigWatcher(registry, "a/");
        watcher.slow(true);
        watcher.watch(node);

        registry.config("a/999", true).config("a/0", false).commit();
        node.tell();
        watcher.slow(false);
        node.tell();

        assertThat(watcher.types()).filteredOn("config-change"::equals).hasSize(2);
        watcher.knowsAll();
    }

    @Test
    void eachChangeOfOneEntryIsAnEventOfItsOwn() {
        registry.config("a/1", false);
        var node = node();
        var watcher = watcher(node, "a/");

        registry.config("a/1", false).config("a/1", true).config("b/1", false).config("a/1", false);
        registry.commit();
        node.tell();

        assertThat(watcher.types())
                .containsExactly("config-snapshot", "config-change", "config-change", "config-change");
        watcher.knowsAll();
    }

    @Test
    void nobodyWakesForKeysThatHeDoesNotFollow() {
        registry.config("a/1", false).config("b/1", false);
        var node = node();
        watcher(node, "a/");
        watcher(node, "a/10");
        var other = watcher(node, "b");

        for (var i = 0; i < 50; i++) {
            registry.config("b/1", false).put("orders", "a").commit();
            node.tell();
        }

        assertThat(count(node, Count.WAKEUPS)).isEqualTo(50);
        assertThat(count(node, Count.USELESS_WAKEUPS)).isZero();
        other.knowsAll();
    }

    @Test
    void readerFindsInTheStoreWhatMemoryHasForgotten() {
        registry.config("a/1", false);
        var node = node(FEW);
        var watcher = watcher(node, "a/");
        watcher.slow(true);
        for (var i = 0; i < 40; i++) {
            registry.config("a/" + i % 3, i % 5 == 0).config("b/1", false).commit();
        }
        node.tell();

        watcher.slow(false);
        node.tell();

        watcher.knowsAll();
        assertThat(watcher.snapshots).isEqualTo(1);
        assertThat(count(node, Count.CONFIG_LOOKS)).isPositive();
        assertThat(count(node, Count.RESTARTS)).isZero();
    }

    @Test
    void whoIsUpToDateNeedsNoStoreHoweverMuchHappensElsewhere() {
        registry.config("a/1", false);
        var node = node(FEW);
        var watcher = watcher(node, "a/");
        for (var i = 0; i < 40; i++) {
            registry.config("b/1", false).commit();
            node.tell();
        }

        registry.config("a/1", true).commit();
        node.tell();

        watcher.knowsAll();
        assertThat(count(node, Count.CONFIG_LOOKS)).isZero();
    }

    @Test
    void readerBeginsAnewWhereTheStoreHasForgottenAsWell() {
        registry.config("a/1", false);
        var node = node(FEW);
        var slow = watcher(node, "a/");
        slow.slow(true);
        var gone = watcher(node(FEW), "a/");
        for (var i = 0; i < 101; i++) {
            registry.config("a/1", false).commit();
        }
        node.tell();

        slow.slow(false);
        node.tell();
        // One that is behind by as much comes from elsewhere.
        gone.watch(node);

        slow.knowsAll();
        gone.knowsAll();
        assertThat(slow.snapshots).isEqualTo(2);
        assertThat(gone.snapshots).isEqualTo(2);
        assertThat(count(node, Count.RESTARTS)).isEqualTo(1);
        assertThat(count(node, Count.RESUMES_BY_SNAPSHOT)).isEqualTo(1);
    }

    @Test
    void whoBeganBeforeKeysWereForgottenAndWhoBeganSinceHaveEachTheirOwnBeginningOfAChange() {
        registry.config("a/1", false).config("b/1", false).config("b/1", true);
        var node = node();
        var early = watcher(node, "a/");
        registry.forget("b/1").commit();
        node.tell();
        var late = watcher(node, "a/");

        registry.config("a/1", false).commit();
        node.tell();

        assertThat(early.last().data().path("from").asLong()).isEqualTo(2);
        assertThat(late.last().data().path("from").asLong()).isEqualTo(4);
    }

    @Test
    void whoIsAsFarBehindSharesWhatWasRead() {
        registry.config("a/1", false);
        var node = node(FEW);
        var watchers = new ArrayList<ConfigWatcher>();
        for (var i = 0; i < 50; i++) {
            watchers.add(watcher(node, "a/"));
        }
        for (var i = 0; i < 7; i++) {
            registry.config("a/1", false).commit();
        }
        var other = node(FEW);
        watchers.forEach(watcher -> {
            watcher.slow(true);
            watcher.watch(other);
        });

        watchers.forEach(watcher -> watcher.slow(false));
        other.tell();

        watchers.forEach(ConfigWatcher::knowsAll);
        assertThat(count(other, Count.CONFIG_LOOKS)).isBetween(1L, 2L);
    }

    @Test
    void lookThatIsRefusedIsTakenUpLater() {
        registry.config("a/1", false);
        var node = node();
        node.refusesReads = true;
        var watcher = watcher(node, "a/");
        assertThat(watcher.events).isEmpty();

        node.refusesReads = false;
        node.pass(Duration.ofSeconds(1));

        watcher.knowsAll();
    }

    @Test
    void lossOfChangesIsMadeUpForOutOfTheStore() {
        registry.config("a/1", false);
        var node = node(new WatchSettings(100, 1, Duration.ofSeconds(10), Duration.ofSeconds(30), 3, 100));
        var watcher = watcher(node, "a/");

        for (var i = 0; i < 10; i++) {
            registry.config("a/" + i, false).commit();
        }
        node.tell();

        watcher.knowsAll();
        assertThat(watcher.types()).filteredOn("config-change"::equals).hasSize(10);
        assertThat(watcher.snapshots).isEqualTo(1);
    }

    @Test
    void quietStreamSaysHowFarAllIsAndCanBeResumedThere() {
        registry.config("a/1", false);
        var node = node();
        var watcher = watcher(node, "a/");
        registry.put("orders", "a").commit();
        node.tell();

        node.pass(Duration.ofSeconds(11));
        assertThat(watcher.last().type()).isEqualTo("sync");
        assertThat(watcher.safe).isEqualTo(registry.index());
        watcher.watch(node);
        registry.config("a/1", false).commit();
        node.tell();

        assertThat(watcher.types()).endsWith("sync", "sync", "config-change");
        watcher.knowsAll();
    }

    @Test
    void stuckReaderIsCutOffAndLeavesNothing() {
        registry.config("a/1", false);
        var node = node();
        var watcher = new ConfigWatcher(registry, "a/");
        watcher.slow(true);
        watcher.watch(node);

        node.pass(Duration.ofSeconds(31));

        assertThat(watcher.sink.isCut).isTrue();
        assertThat(count(node, Count.DROPPED_TOO_SLOW)).isEqualTo(1);
        assertThat(node.hub.figures().streams()).isZero();
        assertThat(node.hub.figures().feeds()).isZero();
    }

    @Test
    void limitOfStreamsHoldsForThoseOfConfigurationAsWell() {
        var node = node(new WatchSettings(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(30), 1_000, 100));
        watcher(node, "a/");

        CompletableFuture<Admission> second = node.hub.open(
                new ConfigOrder(ConfigScope.prefix(Namespace.DEFAULT, ""), 0, new Subscriber("x", "127.0.0.1:1", 0)),
                new ConfigWatcher(registry, "").new Sink());
        node.settle();

        assertThat(second).isCompletedWithValue(Admission.TOO_MANY);
    }

    @Test
    void acknowledgementsReachStreamsOfConfiguration() {
        registry.config("a/1", false);
        var node = node();
        var watcher = watcher(node, "a/");

        var known = node.hub.acknowledge(watcher.sink.subscription, watcher.safe);
        node.settle();

        assertThat(known).isCompletedWithValue(true);
    }
}
