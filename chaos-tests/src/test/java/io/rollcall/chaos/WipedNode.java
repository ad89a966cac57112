package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
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

/** The scenario of a node that lost its disk. */
final class WipedNode {

    /** Several times the longest election. */
    private static final Duration ELECTIONS = Duration.ofSeconds(10);

    private final PlainClient client = new PlainClient(Duration.ofSeconds(3));
    private final SplittableRandom random = Trial.random("WipedNode");
    private final StateModel model = new StateModel();
    private final ClusterProcess cluster;
    private int lastWrite;

    WipedNode(ClusterProcess cluster) {
        this.cluster = cluster;
    }

    /**
     * What is acknowledged while n3 is away lies on n1 and n2. With n1 away and n2 wiped, only n1 has it still: n2 and n3 are a
     * majority by number, and must not act as one.
     */
    void isNoMajorityForAnOlderHistory() {
        var n1 = cluster.nodes().get(0);
        var n2 = cluster.nodes().get(1);
        var n3 = cluster.nodes().get(2);
        write(cluster.nodes(), 5);
        n3.kill();
        write(List.of(n1, n2), 20);
        n1.kill();
        n2.kill();

        wipeAndStart(n2);
        n3.start();
        assertNobodyServes(List.of(n2, n3));
        n1.start();

        cluster.awaitAllReady();
        assertWhole();
    }

    private void assertNobodyServes(List<NodeProcess> nodes) {
        Conditions.await(
                "both to take part",
                ClusterProcess.START_LIMIT,
                () -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(cluster.cluster(node)).isPresent()));
        var end = System.nanoTime() + ELECTIONS.toNanos();
        for (var i = 0; System.nanoTime() < end; i++) {
            var node = nodes.get(i % nodes.size());
            var known = client.send(node.http(), Requests.read(new InstanceRef("orders", "o-1"), "linearizable"));
            assertThat(known.hasStatus(200) || known.hasStatus(404))
                    .as("%s answers linearizably without a majority that knows: %s", node.id(), known)
                    .isFalse();
            var write = attempt(List.of(node), false);
            assertThat(write.verdict())
                    .as("%s takes a write without a majority that knows: %s", node.id(), write)
                    .isNotEqualTo(Verdict.DONE);
        }
    }

    void assertWhole() {
        write(cluster.nodes(), 5);
        var checks = new Checks(cluster);
        checks.nothingLostNorDoubled(model);
        checks.replicasAgree();
    }

    static void wipeAndStart(NodeProcess node) {
        if (node.isRunning()) {
            node.kill();
        }
        node.wipe();
        node.start();
    }

    void write(List<NodeProcess> nodes, int count) {
        for (var i = 0; i < count; i++) {
            var write = attempt(nodes, true);
            assertThat(write.verdict()).as("%s", write).isEqualTo(Verdict.DONE);
        }
    }

    private WriteRecord attempt(List<NodeProcess> nodes, boolean patient) {
        var number = ++lastWrite;
        var planned = Requests.register("wiped-" + number, new InstanceRef("orders", "o-" + number), true);
        var write = new Attempts(client, nodes, Duration.ofSeconds(30)).perform(planned, patient, random);
        model.record(write);
        return write;
    }
}
