package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.PlannedWrite;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.history.WriteRecord;
import io.rollcall.chaos.workload.Attempts;
import io.rollcall.chaos.workload.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was registered through a follower is read on every node, and outlives the leader and then all nodes. */
final class FailoverIT {

    private static final int REGISTRATIONS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(5);

    private final PlainClient client = new PlainClient(Duration.ofSeconds(3));
    private final SplittableRandom random = Trial.random("FailoverIT");
    private final List<InstanceRef> registered = Collections.synchronizedList(new ArrayList<>());
    private int lastWrite;

    @Test
    void registrationsOutliveTheLeaderAndThenAllNodes() {
        // Wide bounds: the default build runs beside whatever else the machine does. The profile "chaos" has the real
        // ones.
        run(Trial.rounds(3), Duration.ofSeconds(6), Duration.ofSeconds(6));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theNextWriteIsAcknowledgedWithinASecondOfTheLeadersDeath() {
        run(Trial.rounds(10), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private void run(int rounds, Duration medianLimit, Duration eachLimit) {
        try (ClusterProcess cluster = Trial.cluster("failover")) {
            NodeProcess follower = cluster.others(cluster.awaitLeader()).get(0);
            for (int i = 0; i < REGISTRATIONS; i++) {
                register(follower);
                assertReadYourWrite(follower, registered.get(i));
            }
            assertAllRead(cluster);

            List<Duration> outages = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                outages.add(killLeaderAndWrite(cluster));
                assertAllRead(cluster);
            }

            cluster.nodes().parallelStream().forEach(NodeProcess::kill);
            cluster.nodes().forEach(NodeProcess::start);
            cluster.awaitAllReady();
            assertAllRead(cluster);

            assertOutages(outages, medianLimit, eachLimit);
        }
    }

    /** Kills the leader, returns the time until a survivor acknowledges a write, and lets the victim come back. */
    private Duration killLeaderAndWrite(ClusterProcess cluster) {
        NodeProcess leader = cluster.awaitLeader();
        List<NodeProcess> survivors = cluster.others(leader);
        List<PlannedWrite> probes = survivors.stream().map(node -> nextWrite()).toList();
        leader.kill();
        long killed = System.nanoTime();
        List<CompletableFuture<Long>> acknowledged = new ArrayList<>();
        for (int i = 0; i < survivors.size(); i++) {
            NodeProcess survivor = survivors.get(i);
            PlannedWrite probe = probes.get(i);
            acknowledged.add(CompletableFuture.supplyAsync(
                    () -> untilAcknowledged(survivor, probe, killed + PATIENCE.toNanos()),
                    task -> new Thread(task).start()));
        }
        long first =
                acknowledged.stream().mapToLong(CompletableFuture::join).min().orElseThrow();
        leader.start();
        cluster.awaitAllReady();
        Duration outage = Duration.ofNanos(first - killed);
        Trial.LOG
                .atInfo()
                .addKeyValue("leader", leader.id())
                .addKeyValue("outage", outage)
                .log("leader killed");
        return outage;
    }

    /** Sends the same write again and again, and returns the time at which it was acknowledged. */
    private long untilAcknowledged(NodeProcess node, PlannedWrite write, long deadlineNanos) {
        Outcome outcome = client.send(node.http(), write.request());
        while (!(outcome instanceof Outcome.Done)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("no write was acknowledged for " + PATIENCE + ": " + outcome);
            }
            Hold.forFault(RETRY_INTERVAL, "a caller's back-off");
            outcome = client.send(node.http(), write.request());
        }
        registered.addAll(write.targets());
        return System.nanoTime();
    }

    /** Who acknowledged a write has applied it itself. */
    private void assertReadYourWrite(NodeProcess node, InstanceRef written) {
        Outcome outcome = client.send(node.http(), Requests.read(written, "stale"));
        assertThat(outcome.hasStatus(200))
                .as("%s right after its registration: %s", written, outcome)
                .isTrue();
    }

    private void register(NodeProcess node) {
        PlannedWrite planned = nextWrite();
        WriteRecord write = new Attempts(client, List.of(node), PATIENCE).perform(planned, true, random);
        assertThat(write.verdict()).as("%s", write).isEqualTo(Verdict.DONE);
        registered.addAll(planned.targets());
    }

    private PlannedWrite nextWrite() {
        int number = ++lastWrite;
        return Requests.register("failover-" + number, new InstanceRef("orders", "o-" + number), true);
    }

    private void assertAllRead(ClusterProcess cluster) {
        for (NodeProcess node : cluster.nodes()) {
            for (InstanceRef instance : registered) {
                Outcome outcome = client.send(node.http(), Requests.read(instance, "linearizable"));
                assertThat(outcome.hasStatus(200))
                        .as("%s at %s: %s", instance, node.id(), outcome)
                        .isTrue();
            }
        }
    }

    private static void assertOutages(List<Duration> outages, Duration medianLimit, Duration eachLimit) {
        List<Duration> sorted = outages.stream().sorted().toList();
        Duration median = sorted.get((sorted.size() - 1) / 2)
                .plus(sorted.get(sorted.size() / 2))
                .dividedBy(2);
        Trial.LOG
                .atInfo()
                .addKeyValue("rounds", sorted.size())
                .addKeyValue("medianMillis", median.toMillis())
                .addKeyValue(
                        "allMillis", sorted.stream().map(Duration::toMillis).toList())
                .log("from the leader's death to the next acknowledged write");
        assertThat(median).as("median of %s", sorted).isLessThan(medianLimit);
        assertThat(sorted).allSatisfy(outage -> assertThat(outage).isLessThan(eachLimit));
    }
}
