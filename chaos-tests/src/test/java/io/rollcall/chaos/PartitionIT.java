package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.network.LinkedNetwork;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Partitions under load: who is cut off promises nothing that it cannot keep, the majority goes on with few elections, and
 * after the heal nothing is lost.
 */
final class PartitionIT {

    private final SplittableRandom random = Trial.random("PartitionIT");
    private final LinkedNetwork network = LinkedNetwork.create(random.split());

    @ParameterizedTest
    @EnumSource(names = "ISOLATED")
    void leaderThatIsCutOffPromisesNothing(LeaderCut.Direction direction) {
        cutLeaderOff(direction, Trial.rounds(1), NetworkTrial.SHORT);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void leaderThatIsCutOffForFifteenSecondsPromisesNothing(LeaderCut.Direction direction) {
        cutLeaderOff(direction, Trial.rounds(10), Duration.ofSeconds(15));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void membersThatReachTheThirdAloneForAMinuteDoNotDeposeIt() {
        partLeaderAndFollower(Trial.rounds(3), Duration.ofSeconds(60));
    }

    private void cutLeaderOff(LeaderCut.Direction direction, int rounds, Duration duration) {
        try (NetworkTrial trial = new NetworkTrial("partition-" + direction, network, random)) {
            for (int round = 0; round < rounds; round++) {
                new LeaderCut(trial, network, direction, random).run(duration);
            }
        }
    }

    private void partLeaderAndFollower(int rounds, Duration duration) {
        try (NetworkTrial trial = new NetworkTrial("partition-PARTIAL", network, random)) {
            for (int round = 0; round < rounds; round++) {
                NodeProcess leader = trial.begin();
                NodeProcess follower = trial.cluster().others(leader).get(random.nextInt(2));
                long stopped = network.stopped(leader.id(), follower.id());
                trial.spare(follower);

                network.part(leader.id(), follower.id());
                long cut = System.nanoTime();
                Duration outage = trial.goOn(trial.cluster().others(follower), cut + duration.toNanos());
                trial.heal(network);

                NetworkTrial.Recovery recovery = trial.end("PARTIAL", outage);
                assertThat(outage).isLessThan(LeaderCut.OUTAGE_LIMIT);
                assertThat(recovery.elections()).as("elections").isLessThanOrEqualTo(LeaderCut.ELECTIONS_MAX);
                assertThat(recovery.rejoin())
                        .as("time from the heal to all ready")
                        .isLessThan(LeaderCut.REJOIN_LIMIT);
                trial.register().endReads();
                assertThat(network.stopped(leader.id(), follower.id())).isGreaterThan(stopped);
                trial.check();
            }
        }
    }
}
