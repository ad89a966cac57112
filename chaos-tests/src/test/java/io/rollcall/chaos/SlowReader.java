package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.Written;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.watch.Watcher;
import io.rollcall.chaos.workload.Burst;
import io.rollcall.chaos.workload.ChangeLoad;
import io.rollcall.chaos.workload.Door;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The scenario of watchers of everything that read an event a second, or nothing at all, while far more changes than that. */
final class SlowReader {

    /** About one event. */
    private static final int SLOW_BYTES_PER_SECOND = 600;

    /** So few that their node hears nothing of it. */
    private static final int STUCK_BYTES_PER_SECOND = 1;

    private static final int READERS = 10;

    /** A burst of twenty thousand for ten readers would be 120 MB, if it were kept for them. */
    private static final long HEAP_GROWTH_KIB_MAX = 48 * 1024;

    private static final Duration DROP_LIMIT = Duration.ofSeconds(60);
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);

    private final WatchTrial trial;
    private final ChangeLoad.Plan plan;

    SlowReader(WatchTrial trial, ChangeLoad.Plan plan) {
        this.trial = trial;
        this.plan = plan;
    }

    void run(int changes) {
        NodeProcess node = trial.cluster().others(trial.cluster().awaitLeader()).get(0);
        Door door = Door.of(List.of(node)).get(0);
        trial.load().fill(3);
        trial.fleet().add("fast", List.of(List.of(), List.of(plan.service(1)), List.of(plan.service(2))));
        List<Watcher> slow = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            slow.add(trial.fleet().addSmall("slow" + i, List.of(), door));
        }
        // Who is sent away before he was told what there is begins anew, and has nothing to resume.
        trial.fleet().awaitTold(0, OPEN_LIMIT);
        long before = NodeHeap.liveKib(node);
        for (int i = 0; i < READERS; i++) {
            slow.get(i).readAtMost(i % 2 == 0 ? SLOW_BYTES_PER_SECOND : STUCK_BYTES_PER_SECOND);
        }
        List<URI> doors =
                trial.cluster().nodes().stream().map(NodeProcess::http).toList();

        List<Written> written = Burst.register(
                trial.client(),
                doors,
                "burst",
                changes,
                i -> new InstanceRef(plan.service(i % plan.services()), "b" + i % 2_000));
        long during = NodeHeap.liveKib(node);

        Trial.LOG
                .atInfo()
                .addKeyValue("heapKibBefore", before)
                .addKeyValue("heapKibDuring", during)
                .log("slow readers are behind");
        long instances = plan.services() * 3L + 2_000;
        assertThat(during - before)
                .as("KiB of heap that %s slow readers of %s instances take", READERS, instances)
                .isLessThan(HEAP_GROWTH_KIB_MAX);
        long dropped = awaitDropped(node);
        trial.recorder().count(Figure.SLOW_READERS_DROPPED, dropped);
        slow.forEach(watcher -> watcher.readAtMost(0));
        trial.addChanges(written);
        Findings findings = trial.finish();
        assertThat(findings.figure(Figure.WATCH_RESUMES))
                .as("resumes of those who were sent away")
                .isPositive();
    }

    private long awaitDropped(NodeProcess node) {
        List<Long> dropped = new ArrayList<>();
        Conditions.await("slow readers to be sent away", DROP_LIMIT, () -> {
            long count = trial.figures(node).path("dropped").path("too-slow").asLong();
            assertThat(count)
                    .as("figures of %s: %s", node.id(), trial.figures(node))
                    .isPositive();
            dropped.add(count);
        });
        return dropped.get(0);
    }
}
