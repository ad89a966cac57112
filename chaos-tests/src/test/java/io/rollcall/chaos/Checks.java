package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.Digests;
import io.rollcall.chaos.history.IndexOrder;
import io.rollcall.chaos.history.Reading;
import io.rollcall.chaos.history.StateModel;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.report.Recorder;
import java.time.Duration;
import java.util.List;

/** What must hold after every scenario. Nobody writes while they are checked, and the nodes run. */
final class Checks {

    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

    private final PlainClient client = new PlainClient(Duration.ofSeconds(20));
    private final List<NodeProcess> nodes;

    Checks(ClusterProcess cluster) {
        this(cluster.nodes());
    }

    /** Checks of some nodes, which are a majority. */
    Checks(List<NodeProcess> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Every node shows to a linearizable reader exactly what the history leaves possible. */
    void nothingLostNorDoubled(StateModel model) {
        for (NodeProcess node : nodes) {
            assertThat(model.compare(node.id(), Reading.all(client, node)))
                    .as("what %s shows against what was acknowledged", node.id())
                    .isEmpty();
        }
    }

    /** All replicas hold the same state at the same index. */
    void replicasAgree() {
        long index = Digests.awaitEqual(client, nodes, SETTLE_LIMIT);
        assertThat(index).isPositive();
    }

    /** No write was refused, and the indexes of those that were acknowledged respect real time. */
    void historyIsRight(List<WriteRecord> history) {
        assertThat(history.stream().filter(write -> write.verdict() == Verdict.REFUSED))
                .as("writes that no rule may refuse")
                .isEmpty();
        assertThat(IndexOrder.violations(history)).as("order of indexes").isEmpty();
    }

    /** Writes down what was checked and held. */
    void note(List<WriteRecord> history, Recorder recorder) {
        long done = count(history, Verdict.DONE);
        recorder.count(Figure.ACKNOWLEDGED, done);
        recorder.count(Figure.ACKNOWLEDGED_WRITES, done);
        recorder.count(Figure.UNKNOWN, count(history, Verdict.UNKNOWN));
        recorder.count(Figure.NOT_DONE, count(history, Verdict.NOT_DONE));
        recorder.count(Figure.INDEX_ORDER_CHECKED, done);
        recorder.count(
                Figure.REPETITIONS,
                history.stream().mapToLong(write -> write.attempts() - 1).sum());
        List.of(Figure.LOST, Figure.DOUBLED, Figure.DISHONEST, Figure.INDEX_ORDER_VIOLATIONS, Figure.HASH_MISMATCHES)
                .forEach(figure -> recorder.count(figure, 0));
        recorder.count(Figure.HASHES_COMPARED, nodes.size());
    }

    static long count(List<WriteRecord> history, Verdict verdict) {
        return history.stream().filter(write -> write.verdict() == verdict).count();
    }
}
