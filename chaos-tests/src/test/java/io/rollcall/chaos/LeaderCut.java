package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.network.NodeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** A round in which the leader is cut off from both others. */
final class LeaderCut {

    /** What is cut. */
    enum Direction {
        /** Both directions. */
        ISOLATED,
        /** What it receives. */
        DEAF,
        /** What it sends. */
        MUTE
    }

    static final Duration OUTAGE_LIMIT = Duration.ofSeconds(10);
    static final int ELECTIONS_MAX = 3;

    /** However long the cut was: nobody waits for a connection that was lost in it. */
    static final Duration REJOIN_LIMIT = Duration.ofSeconds(10);

    private final NetworkTrial trial;
    private final NodeNetwork network;
    private final Direction direction;
    private final SplittableRandom random;

    LeaderCut(NetworkTrial trial, NodeNetwork network, Direction direction, SplittableRandom random) {
        this.trial = trial;
        this.network = network;
        this.direction = direction;
        this.random = random;
    }

    void run(Duration duration) {
        NodeProcess leader = trial.begin();
        List<NodeProcess> majority = trial.cluster().others(leader);
        long stoppedSent = stoppedFrom(leader, majority);
        long stoppedReceived = stoppedTo(leader, majority);
        trial.spare(leader);

        cut(leader.id());
        long cut = System.nanoTime();
        String lone = "lone-" + trial.round();
        try (LoneWrites callers = new LoneWrites(lone, leader, trial.load().model(), random.split())) {
            Duration outage = trial.register().write(majority);
            NodeProcess successor = trial.cluster().awaitLeader(majority, OUTAGE_LIMIT);
            assertThat(successor.id()).isNotEqualTo(leader.id());
            trial.goOn(majority, cut + duration.toNanos());
            trial.heal(network);

            NetworkTrial.Recovery recovery = trial.end(direction.name(), outage);
            assertThat(outage).isLessThan(OUTAGE_LIMIT);
            assertThat(recovery.elections()).as("elections").isBetween(1L, (long) ELECTIONS_MAX);
            assertThat(recovery.rejoin()).as("time from the heal to all ready").isLessThan(REJOIN_LIMIT);
            assertNothingPromised(callers.stop());
        }
        assertNothingAnswered(trial.register().endReads(), leader, cut);
        assertHit(direction != Direction.DEAF, stoppedFrom(leader, majority) - stoppedSent);
        assertHit(direction != Direction.MUTE, stoppedTo(leader, majority) - stoppedReceived);
        trial.check();
    }

    private void cut(String leader) {
        switch (direction) {
            case ISOLATED -> network.isolate(leader);
            case DEAF -> network.deafen(leader);
            case MUTE -> network.mute(leader);
        }
    }

    /** What ended within the cut did not end well; what ended later may have been done by then. */
    private void assertNothingPromised(List<WriteRecord> lone) {
        List<WriteRecord> within = lone.stream()
                .filter(write -> write.returnedNanos() - trial.healedNanos() < 0)
                .toList();
        assertThat(within).as("writes that ended within the cut").isNotEmpty();
        assertThat(within).allSatisfy(write -> assertThat(write.verdict()).isIn(Verdict.NOT_DONE, Verdict.UNKNOWN));
        assertThat(lone)
                .allSatisfy(write -> assertThat(Duration.ofNanos(write.returnedNanos() - write.calledNanos()))
                        .isLessThan(Register.ANSWER_LIMIT));
    }

    private void assertNothingAnswered(List<Register.Read> reads, NodeProcess leader, long cutNanos) {
        List<Register.Seen> within = reads.stream()
                .filter(read -> read.node().equals(leader.id()) && read.askedNanos() - cutNanos > 0)
                .map(read -> read.seen().join())
                .filter(seen -> seen.answeredNanos() - trial.healedNanos() < 0)
                .toList();
        assertThat(within).as("reads that ended within the cut").isNotEmpty();
        assertThat(within)
                .allSatisfy(seen -> assertThat(seen.outcome().hasStatus(503)).isTrue());
    }

    private static void assertHit(boolean expected, long stopped) {
        assertThat(stopped > 0).as("%s were stopped", stopped).isEqualTo(expected);
    }

    private long stoppedFrom(NodeProcess node, List<NodeProcess> others) {
        return others.stream()
                .mapToLong(other -> network.stopped(node.id(), other.id()))
                .sum();
    }

    private long stoppedTo(NodeProcess node, List<NodeProcess> others) {
        return others.stream()
                .mapToLong(other -> network.stopped(other.id(), node.id()))
                .sum();
    }
}
