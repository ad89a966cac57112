package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.network.FlowCounters;
import io.rollcall.chaos.network.LinkedNetwork;
import io.rollcall.chaos.network.Shape;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links that lose, delay or hardly carry: reads stay right, writes go on, and all is well once they are clear again. */
final class PoorLinkIT {

    private static final Duration LIVE_AGAIN_LIMIT = Duration.ofSeconds(10);

    private final SplittableRandom random = Trial.random("PoorLinkIT");
    private final LinkedNetwork network = LinkedNetwork.create(random.split());

    private enum Poorness {
        /** 30 % of all chunks between all nodes are lost. */
        LOSS,
        /** 100 ± 50 ms between all nodes. */
        DELAY,
        /** 16 kbit/s between the leader and a follower. */
        NARROW;

        void hit(LinkedNetwork network, String leader, String follower) {
            switch (this) {
                case LOSS -> network.shapeAll(Shape.lossy(0.3));
                case DELAY -> network.shapeAll(Shape.delayed(Duration.ofMillis(100), Duration.ofMillis(50)));
                case NARROW -> {
                    network.shape(leader, follower, Shape.narrow(2_000));
                    network.shape(follower, leader, Shape.narrow(2_000));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void readsStayRightAndWritesGoOnForAMinute(Poorness poorness) {
        run(poorness, Trial.rounds(3), Duration.ofSeconds(60));
    }

    private void run(Poorness poorness, int rounds, Duration duration) {
        try (NetworkTrial trial = new NetworkTrial("poor-link-" + poorness, network, random)) {
            for (int round = 0; round < rounds; round++) {
                NodeProcess leader = trial.begin();
                NodeProcess follower = trial.cluster().others(leader).get(random.nextInt(2));
                FlowCounters before = network.counters(leader.id(), follower.id());

                poorness.hit(network, leader.id(), follower.id());
                long begin = System.nanoTime();
                Duration longest = trial.goOn(trial.cluster().nodes(), begin + duration.toNanos());
                FlowCounters after = network.counters(leader.id(), follower.id());
                trial.heal(network);
                Duration liveAgain = trial.register().write(trial.cluster().nodes());

                trial.end(poorness.name(), longest);
                assertThat(liveAgain).isLessThan(LIVE_AGAIN_LIMIT);
                trial.register().endReads();
                assertHit(poorness, before, after, duration);
                trial.check();
            }
        }
    }

    private static void assertHit(Poorness poorness, FlowCounters before, FlowCounters after, Duration duration) {
        long bytes = after.deliveredBytes() - before.deliveredBytes();
        Trial.LOG
                .atInfo()
                .addKeyValue("before", before)
                .addKeyValue("after", after)
                .log("flow of {}", poorness);
        assertThat(bytes).as("bytes delivered").isPositive();
        switch (poorness) {
            case LOSS -> assertThat(after.lostChunks()).isGreaterThan(before.lostChunks());
            case DELAY -> assertThat(after.delayedChunks()).isGreaterThan(before.delayedChunks());
            case NARROW -> assertThat(bytes).isLessThan(2_000 * (duration.toSeconds() + 60));
        }
    }
}
