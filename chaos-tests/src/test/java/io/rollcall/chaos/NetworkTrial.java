package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.fault.Hold;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.network.NodeNetwork;
import io.rollcall.chaos.workload.WriteLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A cluster within a network, under a light load, whose network is spoilt and healed round by round. */
final class NetworkTrial implements AutoCloseable {

    /** Longer than the deadlines of the server, so that writes and reads end within the fault. */
    static final Duration SHORT = Duration.ofSeconds(8);

    /**
     * How a round ended.
     *
     * @param rejoin how long after the heal all members were ready and agreed on a leader
     * @param elections since the round began
     */
    record Recovery(Duration rejoin, long elections) {}

    private static final int WRITERS = 3;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Of that many attempts, one goes where it will not get through. */
    private static final int FAVOUR = 10;

    private final ClusterProcess cluster;
    private final WriteLoad load;
    private final Register register;
    private volatile List<NodeProcess> targets;
    private int round;
    private long termBefore;
    private long healedNanos;

    NetworkTrial(String name, NodeNetwork network, SplittableRandom random) {
        this.cluster = ClusterProcess.start(ClusterOptions.named(name).within(network));
        this.targets = cluster.nodes();
        this.load = new WriteLoad(() -> targets, WRITERS, random.split());
        this.register = new Register(load.model(), random.split());
    }

    ClusterProcess cluster() {
        return cluster;
    }

    WriteLoad load() {
        return load;
    }

    Register register() {
        return register;
    }

    int round() {
        return round;
    }

    /** Starts a round, in which the load runs; returns the leader. */
    NodeProcess begin() {
        round++;
        targets = cluster.nodes();
        load.start();
        register.write(targets);
        NodeProcess leader = cluster.awaitLeader();
        termBefore = term();
        return leader;
    }

    /** Lets the load go to a node now and then only, where each caller would wait for the end of the fault. */
    void spare(NodeProcess node) {
        List<NodeProcess> weighted = new ArrayList<>(List.of(node));
        for (int i = 0; i < FAVOUR; i++) {
            weighted.addAll(cluster.others(node));
        }
        targets = List.copyOf(weighted);
    }

    /** Writes to some nodes and reads at all, until the time has come; returns the longest time of a write. */
    Duration goOn(List<NodeProcess> writable, long endNanos) {
        Duration longest = Duration.ZERO;
        do {
            cluster.nodes().forEach(register::read);
            Duration took = register.write(writable);
            longest = took.compareTo(longest) > 0 ? took : longest;
            Hold.forFault(PAUSE, "reads and writes go on during the fault");
        } while (System.nanoTime() - endNanos < 0);
        return longest;
    }

    /** Ends the faults. */
    void heal(NodeNetwork network) {
        healedNanos = System.nanoTime();
        network.heal();
    }

    long healedNanos() {
        return healedNanos;
    }

    /** Waits until all is well again and stops the load. */
    Recovery end(String fault, Duration outage) {
        cluster.awaitAllReady();
        cluster.awaitLeader();
        Duration rejoin = Duration.ofNanos(System.nanoTime() - healedNanos);
        load.stop();
        long elections = term() - termBefore;
        Trial.LOG
                .atInfo()
                .addKeyValue("round", round)
                .addKeyValue("longestWrite", outage)
                .addKeyValue("rejoin", rejoin)
                .addKeyValue("elections", elections)
                .addKeyValue("acknowledged", Checks.count(load.history(), Verdict.DONE))
                .addKeyValue("unknown", Checks.count(load.history(), Verdict.UNKNOWN))
                .addKeyValue("notDone", Checks.count(load.history(), Verdict.NOT_DONE))
                .log("network fault {}", fault);
        return new Recovery(rejoin, elections);
    }

    /** What must hold at the end of each round. */
    void check() {
        Checks checks = new Checks(cluster);
        checks.nothingLostNorDoubled(load.model());
        checks.replicasAgree();
        checks.historyIsRight(load.history());
        assertThat(Checks.count(load.history(), Verdict.DONE))
                .as("a load that got through")
                .isPositive();
    }

    /** The highest term of any node; each one above the last was an election. */
    private long term() {
        return cluster.nodes().stream()
                .mapToLong(node -> cluster.cluster(node)
                        .orElseThrow(() -> new AssertionError(node.id() + " does not tell its term"))
                        .path("term")
                        .asLong())
                .max()
                .orElseThrow();
    }

    @Override
    public void close() {
        load.close();
        cluster.close();
    }
}
