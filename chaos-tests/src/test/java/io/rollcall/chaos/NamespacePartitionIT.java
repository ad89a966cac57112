package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.network.NamespaceNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The partitions once more where the kernel loses packets, and loss as TCP really bears it. Skipped without root. */
final class NamespacePartitionIT {

    private static final double LOSS = 0.3;
    private static final Duration LIVE_AGAIN_LIMIT = Duration.ofSeconds(10);

    private final SplittableRandom random = Trial.random("NamespacePartitionIT");
    private final NamespaceNetwork network = NamespaceNetwork.create();

    @BeforeEach
    void requireRights() {
        Optional<String> missing = NamespaceNetwork.missing();
        assumeTrue(missing.isEmpty(), () -> "no network namespaces here: " + missing.orElse(""));
    }

    @Test
    void leaderWithoutANetworkPromisesNothing() {
        cutLeaderOff(LeaderCut.Direction.ISOLATED, Trial.rounds(1), NetworkTrial.SHORT);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void leaderWithoutANetworkForFifteenSecondsPromisesNothing(LeaderCut.Direction direction) {
        cutLeaderOff(direction, Trial.rounds(10), Duration.ofSeconds(15));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void readsStayRightWherePacketsAreLost() {
        try (NetworkTrial trial = new NetworkTrial("namespaces-LOSS", network, random)) {
            for (int round = 0; round < Trial.rounds(3); round++) {
                trial.begin();
                loseEverywhere(trial);
                long begin = System.nanoTime();
                Duration longest = trial.goOn(
                        trial.cluster().nodes(), begin + Duration.ofSeconds(60).toNanos());
                trial.heal(network);
                Duration liveAgain = trial.register().write(trial.cluster().nodes());

                trial.end("PACKET LOSS", longest);
                assertThat(liveAgain).isLessThan(LIVE_AGAIN_LIMIT);
                trial.register().endReads();
                assertThat(network.lost("n1", "n2")).isPositive();
                trial.check();
            }
        }
    }

    private void loseEverywhere(NetworkTrial trial) {
        for (NodeProcess from : trial.cluster().nodes()) {
            trial.cluster().others(from).forEach(to -> network.lose(from.id(), to.id(), LOSS));
        }
    }

    private void cutLeaderOff(LeaderCut.Direction direction, int rounds, Duration duration) {
        try (NetworkTrial trial = new NetworkTrial("namespaces-" + direction, network, random)) {
            for (int round = 0; round < rounds; round++) {
                new LeaderCut(trial, network, direction, random).run(duration);
            }
        }
    }
}
