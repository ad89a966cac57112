package io.rollcall.bench.suite;

import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.ArrayList;

/** Durable registrations of new instances, by callers spread over all nodes; of etcd, puts of the same JSON. */
final class Registrations implements Experiment {

    private static final int CALLERS = 64;
    private static final String PREFIX = "orders";
    private static final String ROLLCALL = "rollcall";
    private static final String ETCD = "etcd gateway puts";

    @Override
    public void run(TestBed bed, Report report) {
        var contenders = new ArrayList<Contender>();
        var rollcall = bed.rollcall();
        contenders.add(Contender.closed(
                ROLLCALL, rollcall.addresses(), CALLERS, Workloads.registrations(PREFIX), rollcall::cpu));
        bed.etcd()
                .ifPresent(etcd -> contenders.add(
                        Contender.closed(ETCD, etcd.addresses(), CALLERS, Workloads.etcdPuts(PREFIX), etcd::cpu)));

        var rounds = Rounds.measure("durable registrations, 64 callers, all nodes", bed.options(), contenders);

        rounds.addRates(report);
        rounds.addRatio(report, ROLLCALL, ETCD, Target.atLeast(2));
    }
}
