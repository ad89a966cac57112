package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.Repetition;
import io.rollcall.chaos.workload.WriteLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9} of random victims at random moments of a write load: no acknowledged write is missing on any node, none is
 * applied twice, what was reported as not done is not there, and the replicas hold the same state.
 */
final class KillNineIT {

    private static final int WRITERS = 4;
    private static final int REPEATED_PER_ROUND = 40;

    /** Mostly one victim; now and then the majority, or all at once. */
    private static final double TWO_VICTIMS = 0.15;

    private static final double THREE_VICTIMS = 0.15;

    /** Killed again while it starts: a crash within the recovery of a crash. */
    private static final double KILLED_AT_START = 0.2;

    @Test
    void noAcknowledgedWriteIsLostOrDoubled(Recorder recorder) {
        run(Trial.rounds(4), recorder);
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void noAcknowledgedWriteIsLostOrDoubledInHundredRounds(Recorder recorder) {
        run(Trial.rounds(100), recorder);
    }

    private static void run(int rounds, Recorder recorder) {
        SplittableRandom random = Trial.random(recorder);
        try (ClusterProcess cluster = ClusterProcess.start(smallLog());
                WriteLoad load = new WriteLoad(cluster.nodes(), WRITERS, random.split())) {
            Checks checks = new Checks(cluster);
            for (int round = 1; round <= rounds; round++) {
                int before = load.history().size();
                int victims = killWithin(cluster, load, random, recorder);
                List<WriteRecord> history = load.history();
                List<WriteRecord> ofRound = history.subList(before, history.size());
                report(round, victims, ofRound);
                checks.nothingLostNorDoubled(load.model());
                repeatSome(cluster, ofRound, random);
                checks.nothingLostNorDoubled(load.model());
                checks.replicasAgree();
            }
            checks.historyIsRight(load.history());
            assertThat(Checks.count(load.history(), Verdict.DONE))
                    .as("a load that got through")
                    .isGreaterThan(rounds * 50L);
            report(rounds, 0, load.history());
            checks.note(load.history(), recorder);
        }
    }

    /** Snapshots every few seconds, so that kills hit them, too, and starts begin with one. */
    private static ClusterOptions smallLog() {
        return ClusterOptions.named("kill-nine")
                .with("ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", "300")
                .with("ROLLCALL_RAFT_PURGE_PRESERVATION", "100")
                .with("ROLLCALL_RAFT_SEGMENT_SIZE", "256KiB");
    }

    private static int killWithin(ClusterProcess cluster, WriteLoad load, SplittableRandom random, Recorder recorder) {
        load.start();
        Hold.forFault(millis(random, 200, 1_500), "the load runs before the kill");
        List<NodeProcess> victims = victims(cluster, random);
        String target = String.join(", ", victims.stream().map(NodeProcess::id).toList());
        try (var fault = recorder.fault("kill", target)) {
            victims.parallelStream().forEach(NodeProcess::kill);
            fault.hit("SIGKILL ended " + victims.size());
            Hold.forFault(millis(random, 0, 1_200), "the load runs while the victims are dead");
            for (NodeProcess victim : victims) {
                victim.start();
                if (random.nextDouble() < KILLED_AT_START) {
                    Hold.forFault(millis(random, 300, 3_000), "the victim gets some way into its start");
                    victim.kill();
                    victim.start();
                }
            }
        }
        cluster.awaitAllReady();
        Hold.forFault(millis(random, 0, 500), "the load runs on the healed cluster");
        load.stop();
        return victims.size();
    }

    private static List<NodeProcess> victims(ClusterProcess cluster, SplittableRandom random) {
        double draw = random.nextDouble();
        int count = draw < THREE_VICTIMS ? 3 : draw < THREE_VICTIMS + TWO_VICTIMS ? 2 : 1;
        List<NodeProcess> left = new ArrayList<>(cluster.nodes());
        List<NodeProcess> victims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            victims.add(left.remove(random.nextInt(left.size())));
        }
        return victims;
    }

    /** Repeats writes of before and after the kill, through any node. */
    private static void repeatSome(ClusterProcess cluster, List<WriteRecord> ofRound, SplittableRandom random) {
        List<WriteRecord> done = new ArrayList<>(ofRound);
        done.removeIf(write -> write.verdict() != Verdict.DONE);
        List<WriteRecord> drawn = new ArrayList<>();
        for (int i = 0; i < REPEATED_PER_ROUND && !done.isEmpty(); i++) {
            drawn.add(done.remove(random.nextInt(done.size())));
        }
        PlainClient client = new PlainClient(Duration.ofSeconds(20));
        assertThat(Repetition.violations(client, cluster.nodes(), drawn, random))
                .as("answers to repetitions")
                .isEmpty();
    }

    private static void report(int round, int victims, List<WriteRecord> writes) {
        Trial.LOG
                .atInfo()
                .addKeyValue("round", round)
                .addKeyValue("victims", victims)
                .addKeyValue("acknowledged", Checks.count(writes, Verdict.DONE))
                .addKeyValue("unknown", Checks.count(writes, Verdict.UNKNOWN))
                .addKeyValue("notDone", Checks.count(writes, Verdict.NOT_DONE))
                .addKeyValue(
                        "retried",
                        writes.stream().filter(write -> write.attempts() > 1).count())
                .log("kill -9 under load");
    }

    private static Duration millis(SplittableRandom random, int from, int below) {
        return Duration.ofMillis(random.nextInt(from, below));
    }
}
