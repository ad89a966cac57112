package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.campaign.Arena;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.KeyLoad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A node stands still for longer than Ratis bears: its server closes itself after 60 s. The process must then end, to be
 * started by its supervisor, or rejoin; it must not live on as one that answers and takes no part.
 */
final class LongPauseIT {

    private static final Duration LONG = Duration.ofSeconds(65);

    @Test
    @Tag("chaos")
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void nodeThatStoodStillForLongEndsOrRejoins(Recorder recorder) {
        try (Arena arena = Trial.arena(ClusterOptions.named("long-pause"), KeyLoad.Rate.USUAL, recorder)) {
            NodeProcess leader = arena.leader();
            for (NodeProcess node :
                    List.of(leader, arena.cluster().others(leader).get(0))) {
                try (var fault = arena.fault("long pause", node.id() + (node == leader ? " (leader)" : ""))) {
                    node.pause();
                    try {
                        Hold.forFault(LONG, "the node stands still for longer than Ratis bears");
                        assertThat(node.isPaused()).isTrue();
                    } finally {
                        node.resume();
                    }
                    Conditions.await(
                            node.id() + " to end or to be ready",
                            Arena.HEAL_LIMIT,
                            () -> assertThat(!node.isRunning() || node.isReady())
                                    .isTrue());
                    fault.hit(node.isRunning() ? "it rejoined" : "it ended by itself");
                    if (!node.isRunning()) {
                        node.start();
                    }
                }
                arena.awaitHealed("long pause");
            }
            arena.finish();
        }
    }
}
