package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.WriteLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every node is asked to end and started again, under load: the leadership is handed over, and nothing is lost. The callers
 * do as behind a balancer: a node gets requests until it is gone, and again once it is ready.
 */
final class RollingRestartIT {

    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private static final Duration GAP_LIMIT = Duration.ofSeconds(2);

    @Test
    @Tag("chaos")
    void writesGoOnThroughTheRestartOfEveryNode() {
        SplittableRandom random = Trial.random("RollingRestartIT");
        List<NodeProcess> rotation = new CopyOnWriteArrayList<>();
        try (ClusterProcess cluster = Trial.cluster("rolling-restart");
                WriteLoad load = new WriteLoad(() -> rotation, 4, random)) {
            rotation.addAll(cluster.nodes());
            load.start();
            for (NodeProcess node : cluster.nodes()) {
                restart(cluster, node, rotation);
            }
            // One of them led when it was asked, unless the leadership went its own ways; this one does.
            restart(cluster, cluster.awaitLeader(), rotation);
            load.stop();

            List<WriteRecord> history = load.history();
            Gap gap = longestGap(history);
            Trial.LOG
                    .atInfo()
                    .addKeyValue("acknowledged", Checks.count(history, Verdict.DONE))
                    .addKeyValue("unknown", Checks.count(history, Verdict.UNKNOWN))
                    .addKeyValue("notDone", Checks.count(history, Verdict.NOT_DONE))
                    .addKeyValue("longestGapMillis", gap.length().toMillis())
                    .addKeyValue("gapEnd", gap.end())
                    .log("rolling restart under load");
            Checks checks = new Checks(cluster);
            checks.nothingLostNorDoubled(load.model());
            checks.historyIsRight(history);
            checks.replicasAgree();
            assertThat(gap.length())
                    .as("longest time without an acknowledged write")
                    .isLessThan(GAP_LIMIT);
        }
    }

    private static void restart(ClusterProcess cluster, NodeProcess node, List<NodeProcess> rotation) {
        boolean leads = cluster.leaderAsSeenBy(node).filter(node.id()::equals).isPresent();
        Hold.forFault(Duration.ofMillis(500), "the load runs on the whole cluster");
        long asked = System.nanoTime();
        int status = node.terminate(END_LIMIT);
        rotation.remove(node);
        Trial.LOG
                .atInfo()
                .addKeyValue("node", node.id())
                .addKeyValue("wasLeader", leads)
                .addKeyValue("status", status)
                .addKeyValue(
                        "millis", Duration.ofNanos(System.nanoTime() - asked).toMillis())
                .log("ended by SIGTERM");
        assertThat(status).as("exit status of %s", node.id()).isZero();
        node.start();
        cluster.awaitAllReady();
        rotation.add(node);
    }

    /**
     * A time without an acknowledged write.
     *
     * @param length how long
     * @param end for the search in the nodes' logs
     */
    private record Gap(Duration length, Instant end) {}

    private static Gap longestGap(List<WriteRecord> history) {
        long[] returned = history.stream()
                .filter(write -> write.verdict() == Verdict.DONE)
                .mapToLong(WriteRecord::returnedNanos)
                .sorted()
                .toArray();
        int end = IntStream.range(1, returned.length)
                .boxed()
                .max(Comparator.comparingLong(i -> returned[i] - returned[i - 1]))
                .orElseThrow();
        return new Gap(
                Duration.ofNanos(returned[end] - returned[end - 1]),
                Instant.now().minusNanos(System.nanoTime() - returned[end]));
    }
}
