package io.rollcall.bench.suite;

import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;

/** What protection costs: the same loads on a cluster with all of it and on one without, in turn. */
final class Secured implements Experiment {

    private static final SideBySide PROTECTION =
            new SideBySide("secured or not", "rollcall, in the clear", "rollcall, secured", Target.atLeast(0.6));

    private static final int CALLERS = 64;
    private static final int INSTANCES = 10_000;

    @Override
    public void run(TestBed bed, Report report) {
        try (var open = bed.newRollcall(TestBed.MEMBERS, bed.options().nodeJvmOptions());
                var secured = bed.newSecuredRollcall(TestBed.MEMBERS)) {
            PROTECTION.load(open, secured);
            PROTECTION.measureBoth(open, secured, bed, report);
            PROTECTION.measure(
                    "heartbeats one by one, 64 callers, all nodes", open, secured, bed, report, Secured::heartbeats);
        }
    }

    private static Contender heartbeats(String name, RollcallCluster cluster) {
        var fleet = new Fleet("beating", "24h", INSTANCES);
        fleet.registerAll(cluster.address(cluster.leader()));
        return Contender.closed(name, cluster.addresses(), CALLERS, Requests.inTurn(fleet.singles()), cluster::cpu);
    }
}
