package io.rollcall.chaos;

import io.rollcall.chaos.cluster.ClusterProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A leader that was frozen while another took writes: linearizable reads that wait in its sockets, and those that come right
 * after its thaw, never get the old value.
 */
final class PausedLeaderIT {

    @Test
    void thawedLeaderNeverAnswersWithTheOldValue() {
        run(Trial.rounds(3), Duration.ofSeconds(2));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void leaderThawedAfterFiveSecondsNeverAnswersWithTheOldValue() {
        run(Trial.rounds(20), Duration.ofSeconds(5));
    }

    private static void run(int rounds, Duration pause) {
        try (ClusterProcess cluster = Trial.cluster("paused-leader")) {
            new PausedLeader(cluster).run(rounds, pause);
        }
    }
}
