package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.campaign.Arena;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.disk.LoopDisks;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.mutant.Mutant;
import io.rollcall.chaos.mutant.MutantNodes;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.shim.SystemShim;
import io.rollcall.chaos.workload.KeyLoad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The power goes: what the page cache held is lost, and only what was synced comes back. {@code kill -9} cannot show whether
 * an acknowledgement waits for the disk.
 */
final class PowerLossIT {

    private static final int DISK_MEGABYTES = 192;

    private final LoopDisks disks = LoopDisks.named("power-loss", DISK_MEGABYTES);

    @Test
    @Tag("chaos")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void leaderLosesPowerTenTimes(Recorder recorder) {
        leaderLosesPower(recorder, 10);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void allLosePowerTenTimes(Recorder recorder) {
        allLosePower(recorder, 10);
    }

    /** The test of the tests above: where the same nodes on the same disks do not sync, the same fault loses writes. */
    @Test
    @Tag("chaos")
    void powerLossWithoutSyncsLosesAcknowledgedWrites(Recorder recorder) {
        Skip.unless(LoopDisks.missing());
        Skip.unless(SystemShim.missing());
        SystemShim shim = SystemShim.named("power-loss");
        var options = ClusterOptions.named("power-loss").within(disks).within(shim);
        try (Arena arena = Trial.arena(options, KeyLoad.Rate.USUAL, recorder)) {
            arena.cluster().nodes().forEach(shim::lie);
            assertThat(isLossSeen(arena)).as("a loss").isTrue();
            assertThat(arena.cluster().nodes())
                    .allSatisfy(node -> assertThat(shim.injected(node))
                            .as("syncs of %s that lied", node.id())
                            .isPositive());
        }
    }

    /** The mutation that no death of processes can show. */
    @Test
    @Tag("chaos")
    void mutantThatSkipsFsyncIsCaught(Recorder recorder) {
        Skip.unless(LoopDisks.missing());
        recorder.count(Figure.MUTATIONS, 1);
        var options = ClusterOptions.named("power-loss").within(disks).within(MutantNodes.all(Mutant.SKIPPED_FSYNC));
        try (Arena arena = Trial.arena(options, KeyLoad.Rate.USUAL, recorder)) {
            assertThat(isLossSeen(arena)).as("a loss").isTrue();
            assertThat(arena.cluster().nodes().get(0).logLines()).contains(Mutant.SKIPPED_FSYNC.atWork());
            recorder.count(Figure.MUTATIONS_CAUGHT, 1);
        }
    }

    /**
     * Whether acknowledged writes are gone, or a node itself found its log cut off and refuses to start: which of the two it
     * is depends on which files the disk had written by itself.
     */
    private boolean isLossSeen(Arena arena) {
        Hold.forFault(Duration.ofSeconds(3), "writes are acknowledged that no disk has");
        loseAll(arena);
        try {
            arena.awaitHealed("power loss");
        } catch (IllegalStateException ended) {
            assertThat(ended).hasMessageContaining("the node cannot start: the Raft log");
            return true;
        }
        return arena.check().figure(Figure.LOST) > 0;
    }

    private void leaderLosesPower(Recorder recorder, int rounds) {
        Skip.unless(LoopDisks.missing());
        try (Arena arena =
                Trial.arena(ClusterOptions.named("power-loss").within(disks), KeyLoad.Rate.USUAL, recorder)) {
            for (int round = 0; round < rounds; round++) {
                Hold.forFault(Duration.ofSeconds(2), "the load runs before the fault");
                NodeProcess leader = arena.leader();
                try (var fault = arena.fault("power loss", leader.id() + " (leader)")) {
                    disks.cutPower(leader);
                    fault.hit("its file system was shut down without a flush");
                    Hold.forFault(Duration.ofSeconds(1), "the others go on");
                    disks.restorePower(leader);
                    leader.start();
                }
                arena.awaitHealed("power loss of the leader");
            }
            arena.finish();
        }
    }

    private void allLosePower(Recorder recorder, int rounds) {
        Skip.unless(LoopDisks.missing());
        try (Arena arena =
                Trial.arena(ClusterOptions.named("power-loss").within(disks), KeyLoad.Rate.USUAL, recorder)) {
            for (int round = 0; round < rounds; round++) {
                Hold.forFault(Duration.ofSeconds(2), "the load runs before the fault");
                try (var fault = arena.fault("power loss", "all")) {
                    loseAll(arena);
                    fault.hit("their file systems were shut down without a flush");
                }
                arena.awaitHealed("power loss of all");
            }
            arena.finish();
        }
    }

    private void loseAll(Arena arena) {
        List<NodeProcess> nodes = arena.cluster().nodes();
        nodes.parallelStream().forEach(disks::cutPower);
        nodes.forEach(disks::restorePower);
        nodes.forEach(NodeProcess::start);
    }
}
