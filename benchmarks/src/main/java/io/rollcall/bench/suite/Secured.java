package io.rollcall.bench.suite;

import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.List;

/** What protection costs: the same loads on a cluster with all of it and on one without, in turn. */
final class Secured implements Experiment {

    private static final String OPEN = "rollcall, in the clear";
    private static final String SECURED = "rollcall, secured";
    private static final Target KEPT = Target.atLeast(0.6);

    private static final int CALLERS = 64;
    private static final int INSTANCES = 10_000;
    private static final String PREFIX = "orders";

    @Override
    public void run(TestBed bed, Report report) {
        try (var open = bed.newRollcall(TestBed.MEMBERS, bed.options().nodeJvmOptions());
                var secured = bed.newSecuredRollcall(TestBed.MEMBERS)) {
            var clusters = List.of(open, secured);
            for (var cluster : clusters) {
                Dataset.loadRollcall(cluster.address(cluster.leader()));
            }
            measure(
                    "registrations, 64 callers, all nodes",
                    bed,
                    report,
                    clusters.stream()
                            .map(cluster -> Contender.closed(
                                    name(cluster, open),
                                    cluster.addresses(),
                                    CALLERS,
                                    Workloads.registrations(PREFIX),
                                    cluster::cpu))
                            .toList());
            measure(
                    "discovery of 10 of 10,000 instances, all nodes, 64 connections",
                    bed,
                    report,
                    clusters.stream()
                            .map(cluster -> Contender.closed(
                                    name(cluster, open),
                                    cluster.addresses(),
                                    CALLERS,
                                    Dataset.rollcallReads(false),
                                    cluster::cpu))
                            .toList());
            measure(
                    "heartbeats one by one, 64 callers, all nodes",
                    bed,
                    report,
                    clusters.stream()
                            .map(cluster -> heartbeats(name(cluster, open), cluster))
                            .toList());
        }
    }

    private static String name(RollcallCluster cluster, RollcallCluster open) {
        return cluster == open ? OPEN : SECURED;
    }

    private static Contender heartbeats(String name, RollcallCluster cluster) {
        var fleet = new Fleet("beating", "24h", INSTANCES);
        fleet.registerAll(cluster.address(cluster.leader()));
        return Contender.closed(name, cluster.addresses(), CALLERS, Requests.inTurn(fleet.singles()), cluster::cpu);
    }

    private static void measure(String what, TestBed bed, Report report, List<Contender> contenders) {
        var rounds = Rounds.measure("secured or not: " + what, bed.options(), contenders);
        rounds.addRates(report);
        rounds.addRatio(report, SECURED, OPEN, KEPT);
    }
}
