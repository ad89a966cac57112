package io.rollcall.bench.suite;

import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.List;

/** Linearizable discovery on a follower, against stale discovery on the same follower. */
final class LinearizableReads implements Experiment {

    private static final int CONNECTIONS = 256;
    private static final String LINEARIZABLE = "rollcall, linearizable";
    private static final String STALE = "rollcall, stale";

    @Override
    public void run(TestBed bed, Report report) {
        var rollcall = bed.rollcallWithDataset();
        var target = List.of(rollcall.address(rollcall.follower()));
        var contenders = List.of(
                Contender.closed(LINEARIZABLE, target, CONNECTIONS, Dataset.rollcallReads(true), rollcall::cpu),
                Contender.closed(STALE, target, CONNECTIONS, Dataset.rollcallReads(false), rollcall::cpu));

        var rounds = Rounds.measure("linearizable reads on a follower, 256 connections", bed.options(), contenders);

        rounds.addRates(report);
        rounds.addRatio(report, LINEARIZABLE, STALE, Target.atLeast(0.5));
    }
}
