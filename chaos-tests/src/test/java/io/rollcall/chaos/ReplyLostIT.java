package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.CuttingProxy;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.PlannedWrite;
import io.rollcall.chaos.history.StateModel;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A write whose reply is lost and that is repeated through another node is applied once, and gets its first answer. */
final class ReplyLostIT {

    private static final int TARGETS = 8;

    private final PlainClient client = new PlainClient(Duration.ofSeconds(15));
    private final Recorder recorder;
    private final SplittableRandom random;
    private final StateModel model = new StateModel();
    private final List<WriteRecord> history = new ArrayList<>();
    private final boolean[] registered = new boolean[TARGETS];

    ReplyLostIT(Recorder recorder) {
        this.recorder = recorder;
        this.random = Trial.random(recorder);
    }

    @Test
    void writeWithLostReplyIsAppliedOnce() {
        run(Trial.rounds(60));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void fiveHundredWritesWithLostRepliesAreAppliedOnce() {
        run(Trial.rounds(500));
    }

    private void run(int rounds) {
        try (ClusterProcess cluster = Trial.cluster("reply-lost")) {
            for (CuttingProxy.Cut cut : CuttingProxy.Cut.values()) {
                for (NodeProcess node : cluster.nodes()) {
                    try (CuttingProxy proxy = new CuttingProxy(node.http(), cut)) {
                        int parts = cluster.nodes().size() * CuttingProxy.Cut.values().length;
                        int share = (rounds + parts - 1) / parts;
                        for (int i = 0; i < share; i++) {
                            loseReplyAndRepeat(cluster, node, proxy);
                        }
                        assertThat(proxy.cuts()).as("replies lost").isEqualTo(share);
                    }
                }
            }
            Checks checks = new Checks(cluster);
            checks.nothingLostNorDoubled(model);
            checks.historyIsRight(history);
            checks.replicasAgree();
            checks.note(history, recorder);
        }
    }

    private void loseReplyAndRepeat(ClusterProcess cluster, NodeProcess node, CuttingProxy proxy) {
        PlannedWrite planned = plan();
        long called = System.nanoTime();

        Outcome lost;
        try (var fault = recorder.fault("reply lost", node.id())) {
            lost = client.send(proxy.http(), planned.request());
            fault.hit("the caller saw " + lost.getClass().getSimpleName());
        }
        WriteRecord repeated =
                new Attempts(client, cluster.others(node), Duration.ofSeconds(30)).perform(planned, true, random);

        assertThat(lost).isInstanceOf(Outcome.Unknown.class);
        assertThat(repeated.verdict()).as("%s", repeated).isEqualTo(Verdict.DONE);
        WriteRecord whole = new WriteRecord(
                planned,
                Verdict.DONE,
                called,
                repeated.returnedNanos(),
                repeated.attempts() + 1,
                repeated.index(),
                repeated.incarnations(),
                "");
        history.add(whole);
        model.record(whole);
    }

    private PlannedWrite plan() {
        String requestId = "lost-" + history.size();
        int number = random.nextInt(TARGETS);
        InstanceRef target = new InstanceRef("orders", "o-" + number);
        boolean present = registered[number];
        registered[number] = !present || random.nextBoolean();
        return registered[number]
                ? Requests.register(requestId, target, !present)
                : Requests.deregister(requestId, target);
    }
}
