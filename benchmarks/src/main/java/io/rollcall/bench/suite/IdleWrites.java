package io.rollcall.bench.suite;

import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.ArrayList;

/** The latency of single writes to a cluster that does nothing else. */
final class IdleWrites implements Experiment {

    private static final double WRITES_PER_SECOND = 10;
    private static final double P50_MILLIS_MAX = 15;

    @Override
    public void run(TestBed bed, Report report) {
        var contenders = new ArrayList<Contender>();
        var rollcall = bed.rollcall();
        contenders.add(Contender.paced(
                "rollcall, through the leader",
                rollcall.address(rollcall.leader()),
                WRITES_PER_SECOND,
                Workloads.registrations("idle-leader"),
                rollcall::cpu));
        contenders.add(Contender.paced(
                "rollcall, through a follower",
                rollcall.address(rollcall.follower()),
                WRITES_PER_SECOND,
                Workloads.registrations("idle-follower"),
                rollcall::cpu));
        bed.etcd().ifPresent(etcd -> {
            contenders.add(Contender.paced(
                    "etcd gateway, through the leader",
                    etcd.address(etcd.leader()),
                    WRITES_PER_SECOND,
                    Workloads.etcdPuts("idle-leader"),
                    etcd::cpu));
            contenders.add(Contender.paced(
                    "etcd gateway, through a follower",
                    etcd.address(etcd.follower()),
                    WRITES_PER_SECOND,
                    Workloads.etcdPuts("idle-follower"),
                    etcd::cpu));
        });

        var rounds = Rounds.measure("idle cluster, one write each 100 ms, p50", bed.options(), contenders);

        rounds.addMedianLatencies(report, name -> name.startsWith("rollcall") ? Target.atMost(P50_MILLIS_MAX) : null);
    }
}
