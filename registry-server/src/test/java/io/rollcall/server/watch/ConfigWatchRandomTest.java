package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.watch.WatchCounters.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many watchers of configuration, some slow, on nodes that lag and are replaced: each is told of each change of its keys
 * once, in order, which they hold against the log.
 */
final class ConfigWatchRandomTest {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatchRandomTest.class);
    private static final String SEED = "rollcall.test.seed";
    private static final int ROUNDS = 500;
    private static final List<String> PREFIXES = List.of("", "a", "a/", "a/1", "b/2/", "c", "nobody/");

    private final Registry registry = new Registry();

    private static Random random() {
        var seed = Long.getLong(SEED, System.nanoTime());
        LOG.info("-D{}={}", SEED, seed);
        return new Random(seed);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean forgets;

    private void change(Random random) {
        if (forgets && random.nextInt(4) == 0) {
            registry.forget(random.nextBoolean() ? "a/1" : path(random));
        }
        for (var i = random.nextInt(4); i >= 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> registry.put("s" + random.nextInt(3), "i" + random.nextInt(3));
                case 1 -> registry.config("a/1", random.nextBoolean());
                default -> registry.config(path(random), random.nextInt(4) == 0);
            }
        }
        registry.commit();
    }

    private static String path(Random random) {
        return pick(random, List.of("a", "b", "c")) + "/" + random.nextInt(4) + "/" + random.nextInt(3);
    }

    private List<Node> run(Random random, WatchSettings settings, List<ConfigWatcher> watchers) {
        var nodes = new ArrayList<Node>();
        for (var i = 0; i < 20; i++) {
            change(random);
        }
        for (var i = 0; i < 3; i++) {
            nodes.add(new Node(registry, registry, settings));
        }
        for (var round = 0; round < ROUNDS; round++) {
            change(random);
            nodes.forEach(node -> {
                while (random.nextInt(3) > 0 && node.applyOne()) {
                    if (random.nextInt(3) == 0) {
                        node.settle();
                    }
                }
            });
            if (watchers.size() < 40 || random.nextInt(20) == 0) {
                watchers.add(new ConfigWatcher(registry, pick(random, PREFIXES)).watch(pick(random, nodes)));
            }
            var one = pick(random, watchers);
            switch (random.nextInt(8)) {
                case 0 -> one.slow(true);
                case 1, 2 -> one.slow(false);
                case 3 -> one.read();
                case 4 -> one.watch(pick(random, nodes));
                case 5 -> pick(random, nodes).pass(Duration.ofSeconds(random.nextInt(20)));
                case 6 -> nodes.set(random.nextInt(3), new Node(registry, registry, settings));
                default -> pick(random, nodes).settle();
            }
        }
        // Whoever was at a node that is gone goes on elsewhere; in the end all know all.
        for (var watcher : watchers) {
            watcher.slow(false);
            watcher.watch(pick(random, nodes));
        }
        nodes.forEach(Node::tell);
        watchers.forEach(ConfigWatcher::knowsAll);
        nodes.forEach(node -> {
            assertThat(node.fault).hasValue(null);
            assertThat(node.hub.counters().get(Count.USELESS_WAKEUPS)).isZero();
        });
        return nodes;
    }

    private static WatchSettings settings(int maxQueuedChanges, int configChanges) {
        return new WatchSettings(
                1_000, 1_000, Duration.ofSeconds(10), Duration.ofHours(1), maxQueuedChanges, configChanges);
    }

    @Test
    void eachChangeIsToldOnceOutOfMemory() {
        var watchers = new ArrayList<ConfigWatcher>();

        run(random(), settings(65_536, 16_384), watchers);

        assertThat(watchers).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "65536, 5", "65536, 50", "1, 100", "3, 5", "10, 1"})
    void eachChangeIsToldOnceWhateverIsForgottenInMemory(int maxQueuedChanges, int configChanges) {
        run(random(), settings(maxQueuedChanges, configChanges), new ArrayList<>());
    }

    @ParameterizedTest
    @CsvSource({"65536, 16384", "65536, 5", "3, 5"})
    void eachChangeIsToldOnceWhereDeletedKeysAreForgotten(int maxQueuedChanges, int configChanges) {
        forgets = true;

        run(random(), settings(maxQueuedChanges, configChanges), new ArrayList<>());
    }

    @Test
    void storeIsEnoughAsLongAsItKeepsTheVersions() {
        var node = new Node(registry, registry, settings(65_536, 1));
        registry.config("a/1", false).commit();
        node.tell();
        var watcher = new ConfigWatcher(registry, "a/").watch(node);
        watcher.slow(true);

        for (var i = 0; i < 99; i++) {
            registry.config("a/1", i % 3 == 0).config("b/1", false).commit();
        }
        node.tell();
        watcher.slow(false);
        node.tell();

        watcher.knowsAll();
        assertThat(watcher.snapshots).isEqualTo(1);
        assertThat(watcher.types()).filteredOn("config-change"::equals).hasSize(99);
        assertThat(node.hub.counters().get(Count.RESTARTS)).isZero();
        assertThat(node.hub.counters().get(Count.CONFIG_LOOKS)).isPositive();
    }
}
