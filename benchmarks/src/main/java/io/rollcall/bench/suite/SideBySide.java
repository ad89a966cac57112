package io.rollcall.bench.suite;

import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Two clusters of the registry that differ in one thing, under the same loads in turn.
 *
 * @param question what is asked, before the name of each load
 * @param without what the one is called that has it not
 * @param with what the other is called
 * @param kept how much of the first one's rate the other is to reach
 */
record SideBySide(String question, String without, String with, Target kept) {

    private static final int CALLERS = 64;
    private static final String PREFIX = "orders";

    /** Gives both what discovery is measured on. */
    void load(RollcallCluster plain, RollcallCluster other) {
        for (var cluster : List.of(plain, other)) {
            Dataset.loadRollcall(cluster.address(cluster.leader()));
        }
    }

    /** Measures registrations, then discovery. */
    void measureBoth(RollcallCluster plain, RollcallCluster other, TestBed bed, Report report) {
        measure(
                "registrations, 64 callers, all nodes",
                plain,
                other,
                bed,
                report,
                (name, cluster) -> Contender.closed(
                        name, cluster.addresses(), CALLERS, Workloads.registrations(PREFIX), cluster::cpu));
        measure(
                "discovery of 10 of 10,000 instances, all nodes, 64 connections",
                plain,
                other,
                bed,
                report,
                (name, cluster) -> Contender.closed(
                        name, cluster.addresses(), CALLERS, Dataset.rollcallReads(false), cluster::cpu));
    }

    /** Measures one load. */
    void measure(
            String what,
            RollcallCluster plain,
            RollcallCluster other,
            TestBed bed,
            Report report,
            BiFunction<String, RollcallCluster, Contender> contender) {
        var rounds = Rounds.measure(
                question + ": " + what,
                bed.options(),
                List.of(contender.apply(without, plain), contender.apply(with, other)));
        rounds.addRates(report);
        rounds.addRatio(report, with, without, kept);
    }
}
