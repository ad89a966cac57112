package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.WriteLoad;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every node is asked to end and started again, under load: the leadership is handed over, and nothing is lost. */
final class RollingRestartIT {

    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    @Test
    void restartOfEveryNodeLosesNothing() {
        // A wide bound: where starting JVMs leave no processor to the others, these elect and elect.
        run(Duration.ofSeconds(30));
    }

    @Test
    @Tag("chaos")
    void writesGoOnThroughTheRestartOfEveryNode() {
        run(Duration.ofSeconds(3));
    }

    private static void run(Duration gapLimit) {
        SplittableRandom random = Trial.random("RollingRestartIT");
        try (ClusterProcess cluster = Trial.cluster("rolling-restart");
                WriteLoad load = new WriteLoad(cluster.nodes(), 4, random)) {
            load.start();
            for (NodeProcess node : cluster.nodes()) {
                restart(cluster, node);
            }
            // The leader is asked last, too: with three nodes it was among them, but not when all others were fresh.
            restart(cluster, cluster.awaitLeader());
            load.stop();

            List<WriteRecord> history = load.history();
            Duration gap = longestGap(history);
            Trial.LOG
                    .atInfo()
                    .addKeyValue("acknowledged", Checks.count(history, Verdict.DONE))
                    .addKeyValue("unknown", Checks.count(history, Verdict.UNKNOWN))
                    .addKeyValue("notDone", Checks.count(history, Verdict.NOT_DONE))
                    .addKeyValue("longestGapMillis", gap.toMillis())
                    .log("rolling restart under load");
            Checks checks = new Checks(cluster);
            checks.nothingLostNorDoubled(load.model());
            checks.historyIsRight(history);
            checks.replicasAgree();
            assertThat(gap).as("longest time without an acknowledged write").isLessThan(gapLimit);
        }
    }

    private static void restart(ClusterProcess cluster, NodeProcess node) {
        boolean leads = cluster.leaderAsSeenBy(node).filter(node.id()::equals).isPresent();
        Hold.forFault(Duration.ofMillis(500), "the load runs on the whole cluster");
        long asked = System.nanoTime();
        int status = node.terminate(END_LIMIT);
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
    }

    private static Duration longestGap(List<WriteRecord> history) {
        long[] returned = history.stream()
                .filter(write -> write.verdict() == Verdict.DONE)
                .mapToLong(WriteRecord::returnedNanos)
                .sorted()
                .toArray();
        long longest = 0;
        for (int i = 1; i < returned.length; i++) {
            longest = Math.max(longest, returned[i] - returned[i - 1]);
        }
        return Duration.ofNanos(longest);
    }
}
