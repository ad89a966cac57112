package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.StateModel;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The scenario of a leader that takes writes while nobody follows it: what it says of them must be true. */
final class LoneLeader {

    private static final int WRITES_BEFORE = 5;
    private static final int WRITES_ALONE = 4;

    /** Longer than the server tries a write, so that what it says of it is heard. */
    private final PlainClient client = new PlainClient(Duration.ofSeconds(10));

    private final SplittableRandom random = Trial.random("LoneLeader");
    private final StateModel model = new StateModel();
    private final ClusterProcess cluster;

    LoneLeader(ClusterProcess cluster) {
        this.cluster = cluster;
    }

    /** The leader is lost: what it alone has is gone, so it must not have acknowledged it. */
    void isLost() {
        NodeProcess leader = leaveAlone();
        leader.kill();
        List<NodeProcess> others = cluster.others(leader);
        others.forEach(NodeProcess::start);
        others.forEach(node -> node.awaitReady(ClusterProcess.START_LIMIT));
        new Checks(others).nothingLostNorDoubled(model);
        bringAllBack(leader);
    }

    /** The leader finds a follower, which takes what it has: it must not have reported it as not done. */
    void isFollowedAgain() {
        NodeProcess leader = leaveAlone();
        NodeProcess first = cluster.others(leader).get(0);
        first.start();
        List<NodeProcess> both = List.of(leader, first);
        both.forEach(node -> node.awaitReady(ClusterProcess.START_LIMIT));
        new Checks(both).nothingLostNorDoubled(model);
        bringAllBack(cluster.others(leader).get(1));
    }

    private NodeProcess leaveAlone() {
        for (int i = 0; i < WRITES_BEFORE; i++) {
            WriteRecord write = attempt("before-" + i, cluster.nodes(), true, random);
            assertThat(write.verdict()).as("%s", write).isEqualTo(Verdict.DONE);
        }
        NodeProcess leader = cluster.awaitLeader();
        cluster.others(leader).forEach(NodeProcess::kill);
        // All at once, before it finds out that it is alone.
        ExecutorService callers = Executors.newFixedThreadPool(WRITES_ALONE);
        try {
            List<CompletableFuture<WriteRecord>> writes = IntStream.range(0, WRITES_ALONE)
                    .mapToObj(i -> {
                        SplittableRandom own = random.split();
                        return CompletableFuture.supplyAsync(
                                () -> attempt("alone-" + i, List.of(leader), false, own), callers);
                    })
                    .toList();
            writes.forEach(write -> Trial.LOG.atInfo().log("told by a lone leader: {}", write.join()));
        } finally {
            callers.shutdownNow();
        }
        return leader;
    }

    private void bringAllBack(NodeProcess last) {
        last.start();
        cluster.awaitAllReady();
        Checks checks = new Checks(cluster);
        checks.nothingLostNorDoubled(model);
        checks.replicasAgree();
    }

    private WriteRecord attempt(String id, List<NodeProcess> nodes, boolean patient, SplittableRandom choice) {
        WriteRecord write = new Attempts(client, nodes, Duration.ofSeconds(30))
                .perform(Requests.register(id, new InstanceRef("orders", id), true), patient, choice);
        model.record(write);
        return write;
    }
}
