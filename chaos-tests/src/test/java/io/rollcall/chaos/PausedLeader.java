package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.InstanceState;
import io.rollcall.chaos.history.PlannedWrite;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The scenario of a leader that was frozen while another took writes, read linearizably all the while. */
final class PausedLeader {

    private static final InstanceRef REGISTER = new InstanceRef("config", "register");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int READS_AFTER_THAW = 150;
    private static final int BURST = 40;

    private final PlainClient client = new PlainClient(PATIENCE);
    private final SplittableRandom random = Trial.random("PausedLeader");
    private final ClusterProcess cluster;
    private long value;

    /** A read that must not give less than what was acknowledged before it began. */
    private record Read(String node, long floor, CompletableFuture<Outcome> outcome) {}

    PausedLeader(ClusterProcess cluster) {
        this.cluster = cluster;
    }

    void run(int rounds, Duration pause) {
        for (int round = 1; round <= rounds; round++) {
            pauseLeader(round, pause);
        }
        new Checks(cluster).replicasAgree();
    }

    private void pauseLeader(int round, Duration pause) {
        NodeProcess leader = cluster.awaitLeader();
        write(cluster.nodes());
        List<Read> reads = new ArrayList<>();
        // Opens the connections on which the burst below comes without a handshake.
        reads.addAll(burst(leader));
        reads.forEach(read -> read.outcome().join());
        leader.pause();
        try {
            long thaw = System.nanoTime() + pause.toNanos();
            int writes = 0;
            do {
                write(cluster.others(leader));
                writes++;
                reads.add(read(leader));
                cluster.others(leader).forEach(node -> reads.add(read(node)));
                Hold.forFault(Duration.ofMillis(50), "reads gather in the sockets of the frozen leader");
            } while (System.nanoTime() < thaw);
            assertThat(leader.isPaused()).isTrue();
            assertThat(writes).as("writes that the new leader took").isPositive();
            // All of them find the thawed leader before it can have learnt of anything.
            reads.addAll(burst(leader));
        } finally {
            leader.resume();
        }
        for (int i = 0; i < READS_AFTER_THAW; i++) {
            reads.add(read(leader));
            Hold.forFault(Duration.ofMillis(4), "reads come all the time after the thaw");
        }
        assertNoneIsOld(round, leader, reads);
        cluster.awaitAllReady();
    }

    private void assertNoneIsOld(int round, NodeProcess leader, List<Read> reads) {
        int answered = 0;
        for (Read read : reads) {
            Outcome outcome = read.outcome().join();
            if (outcome.hasStatus(200)) {
                long seen = valueOf(outcome.reply().orElseThrow());
                assertThat(seen)
                        .as("value read at %s, which thawed as %s", read.node(), leader.id())
                        .isGreaterThanOrEqualTo(read.floor());
                answered += read.node().equals(leader.id()) ? 1 : 0;
            }
        }
        Trial.LOG
                .atInfo()
                .addKeyValue("round", round)
                .addKeyValue("leader", leader.id())
                .addKeyValue("reads", reads.size())
                .addKeyValue("answeredByTheThawed", answered)
                .addKeyValue("value", value)
                .log("leader paused and thawed");
    }

    private List<Read> burst(NodeProcess node) {
        return IntStream.range(0, BURST).mapToObj(i -> read(node)).toList();
    }

    private Read read(NodeProcess node) {
        return new Read(node.id(), value, client.sendAsync(node.http(), Requests.read(REGISTER, "linearizable")));
    }

    private void write(List<NodeProcess> nodes) {
        PlannedWrite planned = Requests.register("v-" + (value + 1), REGISTER, false);
        WriteRecord write =
                new Attempts(new PlainClient(Duration.ofSeconds(2)), nodes, PATIENCE).perform(planned, true, random);
        assertThat(write.verdict()).as("%s", write).isEqualTo(Verdict.DONE);
        value++;
    }

    private static long valueOf(Answer answer) {
        String mark = answer.body().path("metadata").path(InstanceState.MARK).asText();
        return Long.parseLong(mark.substring("v-".length()));
    }
}
