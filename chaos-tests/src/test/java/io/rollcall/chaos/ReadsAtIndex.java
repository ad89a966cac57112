package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.InstanceState;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;

/** The scenario of a caller that reads his own writes by their index, on any node. */
final class ReadsAtIndex {

    private static final InstanceRef REGISTER = new InstanceRef("config", "register");
    private static final int WRITES = 20;

    private final PlainClient client = new PlainClient(Duration.ofSeconds(20));
    private final ClusterProcess cluster;

    ReadsAtIndex(ClusterProcess cluster) {
        this.cluster = cluster;
    }

    void run() {
        for (int i = 1; i <= WRITES; i++) {
            String mark = "v-" + i;
            NodeProcess writer = cluster.nodes().get(i % cluster.nodes().size());
            Outcome written = client.send(
                    writer.http(), Requests.register(mark, REGISTER, false).request());
            assertThat(written).as("a write").isInstanceOf(Outcome.Done.class);
            long index = written.reply().orElseThrow().index();
            for (NodeProcess reader : cluster.nodes()) {
                assertSees(reader, mark, index);
            }
        }
        new Checks(cluster).replicasAgree();
    }

    private void assertSees(NodeProcess reader, String mark, long index) {
        String path = Requests.read(REGISTER, "stale").path() + "&minIndex=" + index;
        Answer answer = client.send(reader.http(), ApiRequest.get(path))
                .reply()
                .orElseThrow(() -> new IllegalStateException(reader.id() + " does not answer"));
        String seen = answer.body().path("metadata").path(InstanceState.MARK).asText();
        assertThat(seen)
                .as("what %s shows at index %s, having applied %s: %s", reader.id(), index, answer.applied(), answer)
                .isEqualTo(mark);
        assertThat(answer.applied()).as("applied on %s", reader.id()).isGreaterThanOrEqualTo(index);
    }
}
