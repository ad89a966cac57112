package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.workload.WriteLoad;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that lost its disk rejoins under its old id, and has no vote that could bring back an older history. */
final class WipedNodeIT {

    @Test
    void wipedFollowerRejoinsAnIdleCluster() {
        try (var cluster = Trial.cluster("wiped-idle")) {
            var scenario = new WipedNode(cluster);
            scenario.write(cluster.nodes(), 20);
            WipedNode.wipeAndStart(cluster.others(cluster.awaitLeader()).get(0));

            cluster.awaitAllReady();

            scenario.assertWhole();
        }
    }

    @Test
    @Tag("chaos")
    void wipedFollowerRejoinsThroughASnapshotWhileNobodyWrites() {
        try (var cluster = ClusterProcess.start(SnapshotInstallIT.smallLog("wiped-purged"));
                var load = new WriteLoad(cluster.nodes(), 4, Trial.random("WipedNodeIT"))) {
            var wiped = cluster.others(cluster.awaitLeader()).get(0);
            SnapshotInstallIT.writeUntilPurged(cluster, load, wiped);
            WipedNode.wipeAndStart(wiped);

            cluster.awaitAllReady();

            assertThat(SnapshotInstallIT.installs(wiped)).isPositive();
            var checks = new Checks(cluster);
            checks.nothingLostNorDoubled(load.model());
            checks.replicasAgree();
        }
    }

    @Test
    void wipedNodeGivesNoMajorityToAnOlderHistory() {
        try (var cluster = Trial.cluster("wiped-vote")) {
            new WipedNode(cluster).isNoMajorityForAnOlderHistory();
        }
    }
}
