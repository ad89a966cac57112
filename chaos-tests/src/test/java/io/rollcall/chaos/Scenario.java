package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.Repetition;
import io.rollcall.chaos.workload.WriteLoad;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Short scenarios on a cluster of three that just started. Each ends by its checks. */
enum Scenario {
    /** A load, and no fault. */
    LOAD,

    /** A load, and no fault; nothing but the replicas is compared. */
    REPLICAS,

    /** Acknowledged writes are sent again. */
    REPETITION,

    /** Callers race for one instance. */
    CONDITIONAL_WRITES,

    /** A caller reads what he wrote, everywhere. */
    READS_AT_INDEX,

    /** One node is stopped in order, and so has stored all that it applied. */
    CLEAN_RESTART,

    /** All nodes are killed at once, under load. */
    KILLS,

    /** The leader is frozen, another one takes writes, and it thaws. */
    PAUSED_LEADER,

    /** The leader takes writes without followers, and is lost. */
    LONE_LEADER_LOST,

    /** The leader takes writes without followers, and finds one. */
    LONE_LEADER_FOLLOWED,

    /** A node without its disk and one without the latest writes are a majority by number. */
    WIPED_NODE,

    /** A follower comes back through a snapshot. */
    SNAPSHOT_INSTALL;

    private static final int WRITERS = 8;
    private static final int REPEATED = 20;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** How a cluster for it is started. */
    ClusterOptions options(String folder) {
        return this == SNAPSHOT_INSTALL ? SnapshotInstallIT.smallLog(folder) : ClusterOptions.named(folder);
    }

    /** Runs it on a cluster that is ready. */
    void run(ClusterProcess cluster) {
        try (WriteLoad load = new WriteLoad(cluster.nodes(), WRITERS, Trial.random("Scenario " + name()))) {
            run(cluster, load);
        }
    }

    private void run(ClusterProcess cluster, WriteLoad load) {
        switch (this) {
            case LOAD -> load(cluster, load);
            case REPLICAS -> replicas(cluster, load);
            case REPETITION -> repetition(cluster, load);
            case CONDITIONAL_WRITES -> new ConditionalWrites(cluster).run();
            case READS_AT_INDEX -> new ReadsAtIndex(cluster).run();
            case CLEAN_RESTART -> cleanRestart(cluster, load);
            case KILLS -> kills(cluster, load);
            case PAUSED_LEADER -> new PausedLeader(cluster).run(1, Duration.ofSeconds(2));
            case LONE_LEADER_LOST -> new LoneLeader(cluster).isLost();
            case LONE_LEADER_FOLLOWED -> new LoneLeader(cluster).isFollowedAgain();
            case WIPED_NODE -> new WipedNode(cluster).isNoMajorityForAnOlderHistory();
            case SNAPSHOT_INSTALL -> snapshotInstall(cluster, load);
        }
    }

    private static void load(ClusterProcess cluster, WriteLoad load) {
        run(load, Duration.ofSeconds(3));
        check(cluster, load);
    }

    private static void replicas(ClusterProcess cluster, WriteLoad load) {
        run(load, Duration.ofSeconds(2));
        new Checks(cluster).replicasAgree();
    }

    private static void repetition(ClusterProcess cluster, WriteLoad load) {
        run(load, Duration.ofSeconds(1));
        assertRepetitions(cluster, load);
        check(cluster, load);
    }

    private static void cleanRestart(ClusterProcess cluster, WriteLoad load) {
        NodeProcess node = cluster.nodes().get(1);
        run(load, Duration.ofSeconds(2));
        node.terminate(STOP_LIMIT);
        node.start();
        cluster.awaitAllReady();
        run(load, Duration.ofSeconds(1));
        check(cluster, load);
    }

    private static void kills(ClusterProcess cluster, WriteLoad load) {
        load.start();
        Hold.forFault(Duration.ofSeconds(2), "the load runs before the kill");
        cluster.nodes().parallelStream().forEach(NodeProcess::kill);
        cluster.nodes().forEach(NodeProcess::start);
        cluster.awaitAllReady();
        load.stop();
        check(cluster, load);
    }

    private static void snapshotInstall(ClusterProcess cluster, WriteLoad load) {
        NodeProcess away = cluster.others(cluster.awaitLeader()).get(0);
        run(load, Duration.ofSeconds(1));
        away.kill();
        SnapshotInstallIT.writeUntilPurged(cluster, load, away);
        // New entries let also a node catch up that did not take the snapshot for its state.
        load.start();
        away.start();
        cluster.awaitAllReady();
        load.stop();
        assertThat(SnapshotInstallIT.installs(away)).as("snapshots installed").isPositive();
        check(cluster, load);
    }

    private static void run(WriteLoad load, Duration duration) {
        load.start();
        Hold.forFault(duration, "the load runs");
        load.stop();
    }

    private static void assertRepetitions(ClusterProcess cluster, WriteLoad load) {
        List<WriteRecord> done = load.history().stream()
                .filter(write -> write.verdict() == Verdict.DONE)
                .toList();
        List<WriteRecord> latest = done.subList(Math.max(0, done.size() - REPEATED), done.size());
        assertThat(latest).as("writes to repeat").isNotEmpty();
        assertThat(Repetition.violations(
                        new PlainClient(Duration.ofSeconds(20)), cluster.nodes(), latest, new SplittableRandom(0)))
                .as("answers to repetitions")
                .isEmpty();
    }

    private static void check(ClusterProcess cluster, WriteLoad load) {
        assertThat(Checks.count(load.history(), Verdict.DONE))
                .as("acknowledged")
                .isPositive();
        Checks checks = new Checks(cluster);
        checks.nothingLostNorDoubled(load.model());
        checks.historyIsRight(load.history());
        checks.replicasAgree();
    }
}
