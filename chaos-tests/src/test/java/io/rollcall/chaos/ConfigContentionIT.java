package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.checker.InstanceModel;
import io.rollcall.chaos.checker.InstanceModel.Answer;
import io.rollcall.chaos.checker.InstanceModel.Ask;
import io.rollcall.chaos.checker.Linearizability;
import io.rollcall.chaos.checker.LinearizabilityChecker;
import io.rollcall.chaos.checker.Operation;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Compare-and-set of configuration under contention while leaders are killed: each key behaves as if its requests had come
 * one after the other, and the replicas hold the same state.
 */
final class ConfigContentionIT {

    private static final int CALLERS = 6;
    private static final String SNAPSHOT_ENTRIES = "300";

    /** A key's history grows by some hundred operations a second, each tried a few times. */
    private static final long STEPS_MAX = 20_000_000;

    @Test
    void compareAndSetIsLinearizableWhenALeaderIsKilled(Recorder recorder) {
        run(1, 3, recorder);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void compareAndSetIsLinearizableWhenLeadersAreKilledAllTheTime(Recorder recorder) {
        run(Trial.rounds(40), 24, recorder);
    }

    private static void run(int kills, int keys, Recorder recorder) {
        SplittableRandom random = Trial.random(recorder);
        // Nodes come back from a snapshot and a part of the log, as they do in production.
        ClusterOptions options =
                ClusterOptions.named("config-contention").with("ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", SNAPSHOT_ENTRIES);
        try (ClusterProcess cluster = ClusterProcess.start(options);
                ConfigSwaps swaps = new ConfigSwaps(cluster.nodes(), keys, CALLERS, random.split())) {
            swaps.start();
            for (int kill = 1; kill <= kills; kill++) {
                Hold.forFault(Duration.ofMillis(random.nextInt(800, 2_000)), "the callers contend before the kill");
                killLeader(cluster, recorder);
            }
            Map<String, List<Operation<Ask, Answer>>> histories = swaps.stop();
            check(histories, recorder);
            new Checks(cluster).replicasAgree();
            recorder.count(Figure.HASHES_COMPARED, cluster.nodes().size());
        }
    }

    private static void killLeader(ClusterProcess cluster, Recorder recorder) {
        NodeProcess leader = cluster.awaitLeader();
        try (var fault = recorder.fault("kill", leader.id())) {
            leader.kill();
            fault.hit("SIGKILL ended the leader");
            cluster.awaitLeader(cluster.others(leader), ClusterProcess.START_LIMIT);
            Hold.forFault(Duration.ofMillis(500), "the callers contend under the new leader");
            leader.start();
        }
        cluster.awaitAllReady();
    }

    private static void check(Map<String, List<Operation<Ask, Answer>>> histories, Recorder recorder) {
        var checker = new LinearizabilityChecker<>(new InstanceModel(), STEPS_MAX);
        assertThat(histories).as("keys that were contended for").isNotEmpty();
        recorder.count(Figure.KEYS_NOT_LINEARIZABLE, 0);
        histories.forEach((key, history) -> {
            report(key, history, recorder);
            Linearizability<Ask, Answer> verdict = checker.check(history);
            if (verdict instanceof Linearizability.Violated) {
                recorder.count(Figure.KEYS_NOT_LINEARIZABLE, 1);
            }
            assertThat(verdict).as("history of %s", key).isInstanceOf(Linearizability.Holds.class);
        });
    }

    /** A history in which nobody won or nobody lost would show nothing. */
    private static void report(String key, List<Operation<Ask, Answer>> history, Recorder recorder) {
        long won = count(history, new Answer.Done());
        long lost = count(history, new Answer.Refused());
        long unknown = history.stream().filter(Operation::isUnknown).count();
        Trial.LOG
                .atInfo()
                .addKeyValue("key", key)
                .addKeyValue("operations", history.size())
                .addKeyValue("won", won)
                .addKeyValue("lost", lost)
                .addKeyValue("unknown", unknown)
                .log("compare-and-set under contention");
        recorder.count(Figure.KEYS_CHECKED, 1);
        recorder.count(Figure.OPERATIONS_CHECKED, history.size());
        recorder.count(Figure.UNKNOWN, unknown);
        recorder.count(Figure.ACKNOWLEDGED_WRITES, won);
        assertThat(won).as("swaps of %s that won", key).isPositive();
        assertThat(lost).as("swaps of %s that lost", key).isPositive();
    }

    private static long count(List<Operation<Ask, Answer>> history, Answer answer) {
        return history.stream()
                .filter(operation -> answer.equals(operation.output()))
                .count();
    }
}
