package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that lost its majority says so in time, and goes on with what it may: stale reads. */
final class NoQuorumIT {

    private static final InstanceRef KNOWN = new InstanceRef("orders", "o-1");

    /** Longer than any deadline of the server. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);

    private static final Duration NOT_READY_LIMIT = Duration.ofSeconds(25);

    private final PlainClient client = new PlainClient(Duration.ofSeconds(30));
    private final SplittableRandom random = Trial.random("NoQuorumIT");
    private final StateModel model = new StateModel();
    private int lastWrite;

    private enum Loss {
        KILLED,
        FROZEN
    }

    private enum Survivor {
        LEADER,
        FOLLOWER
    }

    @ParameterizedTest
    @EnumSource(names = "LEADER")
    void withoutMajorityNothingIsPromisedThatCannotBeKept(Survivor role) {
        run(role);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void whoeverIsLeftPromisesNothingThatCannotBeKept(Survivor role) {
        run(role);
    }

    private void run(Survivor role) {
        try (ClusterProcess cluster = Trial.cluster("no-quorum-" + role)) {
            Loss loss = role == Survivor.LEADER ? Loss.KILLED : Loss.FROZEN;
            write(cluster.nodes(), KNOWN, Verdict.DONE);
            NodeProcess leader = cluster.awaitLeader();
            NodeProcess survivor =
                    role == Survivor.LEADER ? leader : cluster.others(leader).get(0);
            List<NodeProcess> lost = cluster.others(survivor);

            lost.forEach(node -> lose(node, loss));
            assertRefusals(survivor);
            assertStaleReadsGoOn(survivor);
            assertSaysSo(cluster, survivor);
            lost.forEach(node -> bringBack(node, loss));

            cluster.awaitAllReady();
            write(cluster.nodes(), new InstanceRef("orders", "o-after"), Verdict.DONE);
            Checks checks = new Checks(cluster);
            checks.nothingLostNorDoubled(model);
            checks.replicasAgree();
        }
    }

    private void assertRefusals(NodeProcess survivor) {
        for (int i = 0; i < 2; i++) {
            long asked = System.nanoTime();
            WriteRecord write = attempt(List.of(survivor), new InstanceRef("orders", "o-lost-" + i), false);
            assertThat(write.verdict()).as("%s", write).isIn(Verdict.NOT_DONE, Verdict.UNKNOWN);
            assertThat(write.why()).containsPattern("answer=50[34] ");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(ANSWER_LIMIT);
        }
        long asked = System.nanoTime();
        Outcome read = client.send(survivor.http(), Requests.read(KNOWN, "linearizable"));
        assertThat(read.hasStatus(503)).as("%s", read).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(ANSWER_LIMIT);
    }

    private void assertStaleReadsGoOn(NodeProcess survivor) {
        Outcome first = client.send(survivor.http(), Requests.read(KNOWN, "stale"));
        assertThat(first.hasStatus(200)).as("%s", first).isTrue();
        long age = first.reply().orElseThrow().dataAgeMillis();
        Conditions.await("the age of the data to rise", Duration.ofSeconds(10), () -> {
            Outcome later = client.send(survivor.http(), Requests.read(KNOWN, "stale"));
            assertThat(later.hasStatus(200)).as("%s", later).isTrue();
            assertThat(later.reply().orElseThrow().dataAgeMillis()).isGreaterThan(age + 1_000);
        });
        Outcome bounded = client.send(survivor.http(), ApiRequest.get(Paths.SERVICES + "/orders?maxStaleness=500ms"));
        assertThat(bounded.hasStatus(503)).as("%s", bounded).isTrue();
        Outcome generous = client.send(survivor.http(), ApiRequest.get(Paths.SERVICES + "/orders?maxStaleness=1h"));
        assertThat(generous.hasStatus(200)).as("%s", generous).isTrue();
    }

    private void assertSaysSo(ClusterProcess cluster, NodeProcess survivor) {
        Conditions.await("/cluster to name no leader", Duration.ofSeconds(10), () -> {
            JsonNode body = cluster.cluster(survivor).orElseThrow(() -> new AssertionError("/cluster does not answer"));
            assertThat(body.has("leader")).as("leader in %s", body).isTrue();
            assertThat(body.path("leader").isNull())
                    .as("leader is null in %s", body)
                    .isTrue();
        });
        Conditions.await(
                "/readyz to say so",
                NOT_READY_LIMIT,
                () -> assertThat(client.send(survivor.http(), ApiRequest.get(Paths.READYZ))
                                .hasStatus(503))
                        .isTrue());
        Outcome forReads = client.send(survivor.http(), ApiRequest.get(Paths.READYZ + "?for=reads"));
        assertThat(forReads.hasStatus(200)).as("%s", forReads).isTrue();
        Outcome alive = client.send(survivor.http(), ApiRequest.get(Paths.LIVEZ));
        assertThat(alive.hasStatus(200)).as("%s", alive).isTrue();
    }

    private void write(List<NodeProcess> nodes, InstanceRef target, Verdict expected) {
        WriteRecord write = attempt(nodes, target, true);
        assertThat(write.verdict()).as("%s", write).isEqualTo(expected);
    }

    private WriteRecord attempt(List<NodeProcess> nodes, InstanceRef target, boolean patient) {
        WriteRecord write = new Attempts(client, nodes, Duration.ofSeconds(30))
                .perform(Requests.register("q-" + ++lastWrite, target, true), patient, random);
        model.record(write);
        return write;
    }

    private static void lose(NodeProcess node, Loss loss) {
        switch (loss) {
            case KILLED -> node.kill();
            case FROZEN -> node.pause();
        }
    }

    private static void bringBack(NodeProcess node, Loss loss) {
        switch (loss) {
            case KILLED -> node.start();
            case FROZEN -> node.resume();
        }
    }
}
