package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.workload.WriteLoad;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A follower that was away for so long that the log it needs is gone comes back through a snapshot. */
final class SnapshotInstallIT {

    /** What a node logs once a snapshot from the leader has become its state. */
    static final String INSTALLED = "installed a snapshot";

    private static final int SNAPSHOT_ENTRIES = 200;

    /** Snapshots that pass while the follower is away: the first one already purges what it needs. */
    private static final int SNAPSHOTS_MISSED = 4;

    @Test
    void followerThatMissedThePurgedLogGetsASnapshot() {
        var random = Trial.random("SnapshotInstallIT");
        try (var cluster = ClusterProcess.start(smallLog("snapshot-install"));
                var load = new WriteLoad(cluster.nodes(), 4, random)) {
            var checks = new Checks(cluster);
            var away = cluster.others(cluster.awaitLeader()).get(0);
            run(load, Duration.ofSeconds(1));
            assertThat(installs(away)).isZero();

            away.kill();
            writeUntilPurged(cluster, load, away);
            away.start();
            cluster.awaitAllReady();

            assertThat(installs(away))
                    .as("snapshots installed on %s", away.id())
                    .isPositive();
            checks.nothingLostNorDoubled(load.model());
            checks.replicasAgree();

            // What came by snapshot must itself outlive a kill, and take part in what comes next.
            away.kill();
            away.start();
            cluster.awaitAllReady();
            run(load, Duration.ofSeconds(1));
            checks.nothingLostNorDoubled(load.model());
            checks.replicasAgree();
            checks.historyIsRight(load.history());
        }
    }

    /** Settings under which logs are cut early. */
    static ClusterOptions smallLog(String name) {
        return ClusterOptions.named(name)
                .with("ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", Integer.toString(SNAPSHOT_ENTRIES))
                .with("ROLLCALL_RAFT_PURGE_PRESERVATION", "10")
                .with("ROLLCALL_RAFT_SEGMENT_SIZE", "64KiB");
    }

    static long installs(NodeProcess node) {
        return node.logLines().stream().filter(line -> line.contains(INSTALLED)).count();
    }

    private static void run(WriteLoad load, Duration duration) {
        load.start();
        Hold.forFault(duration, "the load runs");
        load.stop();
    }

    /** Writes until the committed Raft index is so far that the missing part of the log has been purged. */
    static void writeUntilPurged(ClusterProcess cluster, WriteLoad load, NodeProcess away) {
        var witness = cluster.others(away).get(0);
        long start = applied(cluster, witness);
        load.start();
        Conditions.await(
                "the log to grow",
                Duration.ofMinutes(2),
                () -> assertThat(applied(cluster, witness))
                        .isGreaterThan(start + (long) SNAPSHOTS_MISSED * SNAPSHOT_ENTRIES));
        load.stop();
    }

    private static long applied(ClusterProcess cluster, NodeProcess node) {
        var body = cluster.cluster(node).orElseThrow(() -> new AssertionError(node.id() + " does not answer"));
        for (var member : body.path("members")) {
            if (member.path("id").asText().equals(node.id())) {
                return member.path("applied").asLong();
            }
        }
        throw new IllegalStateException(node.id() + " is not among the members of " + body);
    }
}
