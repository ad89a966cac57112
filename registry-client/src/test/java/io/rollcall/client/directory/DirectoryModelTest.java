package io.rollcall.client.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random changes, streams that break, nodes that lag and die, reads, restored backups: whatever happens, what a directory
 * says was once true, is as young as it says, becomes empty with proof or late, and is what the registry says in the end.
 */
final class DirectoryModelTest {

    private static final int RUNS = 25;
    private static final int STEPS = 250;
    private static final Duration KEEP = Duration.ofSeconds(60);

    @Test
    void whateverHappensADirectorySaysWhatWasTrue(TestReporter reporter) {
        var seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        for (var run = 0; run < RUNS; run++) {
            new Run(seed + run).play();
        }
    }

    /** One random run, and what has to hold after each of its steps. */
    private static final class Run {
        private final long seed;
        private final Random random;
        private final boolean lags;
        private final boolean restores;
        private final ManualLane lane = new ManualLane();
        private final SimulatedRegistry registry;
        private final Desk desk;
        private final List<ServiceHandle> handles = new ArrayList<>();
        private final Map<ServiceKey, ServiceView> seen = new HashMap<>();
        private final Map<ServiceKey, Long> keptSince = new HashMap<>();
        private final Map<ServiceKey, Set<List<Instance>>> everTrue = new HashMap<>();
        private final Map<List<Instance>, Long> trueUntil = new HashMap<>();
        private final Map<ServiceKey, Long> newestSeen = new HashMap<>();
        private boolean isRestored;
        private long versions;
        private int changesToTheSame;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.lags = random.nextBoolean();
            this.restores = random.nextInt(3) == 0;
            this.registry = new SimulatedRegistry(lane, random, 3);
            var options = DirectoryOptions.defaults()
                    .withEmptyListPolicy(EmptyListPolicy.keepFor(KEEP))
                    .withReconcileInterval(Duration.ofSeconds(random.nextBoolean() ? 20 : 300));
            var counters = new Counters();
            var notices = new Notices(counters);
            this.desk = new Desk(new Desk.Parts(
                    options,
                    registry,
                    lane,
                    task -> lane.after(Duration.ofMillis(random.nextInt(3_000)), task),
                    Runnable::run,
                    new Aging(lane::nanos, options.maxStaleness(), false),
                    notices,
                    counters,
                    null));
            notices.add((service, before, after) -> noteChange(before, after));
            for (var i = 0; i < 3; i++) {
                var service = ServiceKey.of("default", "s" + i);
                everTrue.computeIfAbsent(service, key -> new HashSet<>()).add(List.of());
                handles.add(new ServiceHandle(service, new Aging(lane::nanos, options.maxStaleness(), false)));
            }
        }

        private void noteChange(ServiceView before, ServiceView after) {
            if (before.isKnown() && before.instances().equals(after.instances())) {
                changesToTheSame++;
            }
        }

        void play() {
            follow(handles.get(0));
            for (var step = 0; step < STEPS; step++) {
                registry.proofs.clear();
                step(step);
                check("seed " + seed + ", step " + step);
            }
            settle();
        }

        private void follow(ServiceHandle handle) {
            lane.run(() -> desk.follow(handle));
        }

        private void step(int step) {
            if (step == 20 || step == 90) {
                follow(handles.get(step == 20 ? 1 : 2));
            }
            switch (random.nextInt(14)) {
                case 0, 1, 2 ->
                    change(handles.get(random.nextInt(handles.size())).service());
                case 3, 4, 5 -> applied();
                case 6, 7 -> registry.deliver();
                case 8 -> registry.sync();
                case 9 -> registry.cutAny();
                case 10 -> registry.nodes.get(random.nextInt(3)).isUp = random.nextInt(3) > 0;
                case 11 -> registry.letsStreamsThrough = random.nextInt(4) > 0;
                case 12 -> registry.answersReads = random.nextInt(4) > 0;
                default -> {
                    if (restores && random.nextInt(15) == 0) {
                        restore();
                    }
                }
            }
            pass(Duration.ofMillis(random.nextInt(6) == 0 ? random.nextInt(40_000) : random.nextInt(900)));
        }

        private void change(ServiceKey service) {
            var before = registry.state(service, registry.index);
            List<Instance> after = new ArrayList<>();
            if (random.nextInt(4) > 0) {
                for (var i = 0; i <= random.nextInt(3); i++) {
                    versions++;
                    after.add(Known.instance(service, "i" + i, versions));
                }
            }
            if (after.isEmpty() && before.isEmpty()) {
                return;
            }
            registry.put(service, after);
            trueUntil.put(List.copyOf(before), lane.nanos());
            everTrue.get(service).add(List.copyOf(after));
            if (!lags) {
                registry.nodes.forEach(registry::current);
            }
        }

        private void applied() {
            if (lags) {
                registry.current(registry.nodes.get(random.nextInt(3)));
            } else {
                registry.nodes.forEach(registry::current);
            }
        }

        private void restore() {
            isRestored = true;
            registry.restore(1 + random.nextInt((int) registry.index));
        }

        private void pass(Duration time) {
            for (var left = time; !left.isNegative(); left = left.minusMillis(200)) {
                lane.advance(left.compareTo(Duration.ofMillis(200)) < 0 ? left : Duration.ofMillis(200));
                if (!lags) {
                    registry.nodes.forEach(registry::current);
                }
                lane.run(desk::tick);
            }
        }

        private void check(String where) {
            assertThat(changesToTheSame).as(where).isZero();
            for (var handle : handles) {
                var view = handle.current();
                var before = seen.getOrDefault(handle.service(), handle.nothing());
                var service = handle.service();
                if (view.isKnown()) {
                    assertThat(everTrue.get(service)).as(where).contains(view.instances());
                }
                if (before.isKnown()) {
                    assertThat(view.isKnown()).as(where).isTrue();
                    checkStep(where, before, view);
                }
                checkAge(where, view);
                noteKept(service, view);
                seen.put(service, view);
            }
        }

        private void checkStep(String where, ServiceView before, ServiceView view) {
            if (!isRestored && registry.forgot == 0) {
                assertThat(view.index()).as(where).isGreaterThanOrEqualTo(before.index());
                var newest = newest(before);
                assertThat(newest(view)).as(where).isGreaterThanOrEqualTo(newest);
            }
            var becameEmpty = view.instances().isEmpty() && !before.instances().isEmpty();
            if (becameEmpty && !registry.proofs.contains(view.service())) {
                assertThat(keptSince).as(where).containsKey(view.service());
                assertThat(lane.nanos() - keptSince.get(view.service()))
                        .as(where)
                        .isGreaterThanOrEqualTo(KEEP.minusSeconds(41).toNanos());
            }
        }

        /** The version of what it says; that of before for an empty list, of which there are many. */
        private long newest(ServiceView view) {
            var newest = newestSeen.getOrDefault(view.service(), 0L);
            for (var instance : view.instances()) {
                newest = instance.incarnation();
            }
            newestSeen.put(view.service(), newest);
            return newest;
        }

        private void noteKept(ServiceKey service, ServiceView view) {
            if (view.isKept()) {
                keptSince.putIfAbsent(service, lane.nanos());
            } else {
                keptSince.remove(service);
            }
        }

        /** What is superseded was so before the moment for which the view stands. */
        private void checkAge(String where, ServiceView view) {
            if (lags || restores || !view.isKnown() || view.instances().isEmpty()) {
                return;
            }
            var until = trueUntil.get(view.instances());
            if (until != null) {
                assertThat(view.knownAtNanos()).as(where).isLessThanOrEqualTo(until);
            }
        }

        private void settle() {
            registry.letsStreamsThrough = true;
            registry.answersReads = true;
            for (var i = 0; i < 120; i++) {
                registry.catchUp();
                registry.deliver();
                registry.sync();
                pass(Duration.ofSeconds(10));
            }
            for (var handle : handles) {
                var view = handle.current();
                assertThat(view.instances())
                        .as("in the end, seed " + seed)
                        .isEqualTo(registry.state(handle.service(), registry.index));
                assertThat(view.age()).as("in the end, seed " + seed).isLessThan(Duration.ofSeconds(12));
            }
            assertThat(desk.reachability().mode()).as("seed " + seed).isEqualTo(DirectoryMode.WATCH);
            assertThat(registry.open()).as("seed " + seed).isEqualTo(1);
        }
    }
}
