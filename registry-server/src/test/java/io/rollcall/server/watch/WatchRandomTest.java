package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.query.Selection;
import io.rollcall.server.watch.WatchCounters.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many watchers with many interests, some of them slow, on several nodes: each holds each event against the truth. */
final class WatchRandomTest {

    private static final Logger LOG = LoggerFactory.getLogger(WatchRandomTest.class);
    private static final String SEED = "rollcall.test.seed";
    private static final int ROUNDS = 600;

    private static final List<Map<String, List<String>>> SELECTIONS = List.of(
            Map.of(),
            Map.of("status", List.of("any")),
            Map.of("status", List.of("critical,draining")),
            Map.of("tag", List.of("env:prod")),
            Map.of("status", List.of("any"), "tag", List.of("env:dev", "tier:web")),
            Map.of("filter", List.of("tags.env == \"prod\" or tags.tier == \"db\"")));

    private final Registry registry = new Registry();

    private static Random random() {
        var seed = Long.getLong(SEED, System.nanoTime());
        LOG.info("-D{}={}", SEED, seed);
        return new Random(seed);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void change(Random random) {
        for (var i = random.nextInt(4); i >= 0; i--) {
            var service = "s" + random.nextInt(5);
            var id = "i" + random.nextInt(6);
            if (random.nextInt(4) == 0) {
                registry.remove(service, id);
            } else {
                var tags = Map.of(
                        "env", pick(random, List.of("prod", "dev", "test")),
                        "tier", pick(random, List.of("web", "db")));
                registry.put(service, id, pick(random, List.of(InstanceStatus.values())), tags);
            }
        }
        registry.commit();
    }

    private Watcher watcher(Random random) {
        var services = new ArrayList<String>();
        // One in five watches all.
        for (var i = random.nextInt(5); i > 0 && services.size() < 3; i--) {
            services.add("s" + random.nextInt(6));
        }
        var interest = new Interest(Selection.parse(pick(random, SELECTIONS)), null);
        return new Watcher(registry, interest, services.toArray(String[]::new));
    }

    private void run(Random random, List<Node> nodes, PastTouches past, WatchSettings settings) {
        var isLossless = settings.maxQueuedChanges() > 100;
        for (var i = 0; i < 20; i++) {
            change(random);
        }
        for (var i = 0; i < 3; i++) {
            nodes.add(new Node(registry, past, settings));
        }
        var watchers = new ArrayList<Watcher>();
        for (var round = 0; round < ROUNDS; round++) {
            change(random);
            nodes.forEach(node -> {
                while (random.nextInt(3) > 0 && node.applyOne()) {
                    if (random.nextInt(3) == 0) {
                        node.settle();
                    }
                }
            });
            if (watchers.size() < 60 || random.nextInt(20) == 0) {
                var watcher = watcher(random);
                watchers.add((isLossless ? watcher : watcher.lenient()).watch(pick(random, nodes)));
            }
            var one = pick(random, watchers);
            switch (random.nextInt(8)) {
                case 0 -> one.slow(true);
                case 1, 2 -> one.slow(false);
                case 3 -> one.read();
                case 4 -> one.watch(pick(random, nodes));
                case 5 -> pick(random, nodes).pass(Duration.ofSeconds(random.nextInt(20)));
                case 6 -> nodes.set(random.nextInt(3), new Node(registry, past, settings));
                default -> pick(random, nodes).settle();
            }
        }
        // Whoever was at a node that is gone goes on elsewhere; in the end all know all.
        for (var watcher : watchers) {
            watcher.slow(false);
            watcher.watch(pick(random, nodes));
        }
        nodes.forEach(Node::tell);
        watchers.forEach(Watcher::knowsAll);
        nodes.forEach(node -> {
            assertThat(node.fault).hasValue(null);
            assertThat(node.hub.counters().get(Count.USELESS_WAKEUPS)).isZero();
        });
    }

    @Test
    void everyWatcherPutsTogetherWhatIsTrue() {
        var nodes = new ArrayList<Node>();

        run(random(), nodes, registry, Node.SETTINGS);

        assertThat(nodes)
                .allSatisfy(node ->
                        assertThat(node.hub.counters().get(Count.FEEDS_RESET)).isZero());
    }

    @Test
    void neverMoreThanAFewServicesBeginAnewWhereThePastIsForgotten() {
        run(random(), new ArrayList<>(), PastTouches.NONE, Node.SETTINGS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void changesThatComeTooFastAreMadeUpForBySnapshots(int maxQueuedChanges) {
        var settings =
                new WatchSettings(1_000, 1_000, Duration.ofSeconds(10), Duration.ofHours(1), maxQueuedChanges, 100);

        run(random(), new ArrayList<>(), registry, settings);
    }
}
