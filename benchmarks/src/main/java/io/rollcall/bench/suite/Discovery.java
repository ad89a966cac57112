package io.rollcall.bench.suite;

import io.rollcall.bench.process.BareRoute;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.util.ArrayList;
import java.util.List;

/** Discovery of 10 of 10,000 instances on a follower; of etcd, range reads; of bare Javalin, the same bytes. */
final class Discovery implements Experiment {

    private static final String ROLLCALL = "rollcall, stale";
    private static final String BARE = "bare Javalin route";
    private static final String ETCD = "etcd gateway, serializable";
    private static final String ETCD_LINEARIZABLE = "etcd gateway, linearizable";

    private final int connections;

    Discovery(int connections) {
        this.connections = connections;
    }

    @Override
    public void run(TestBed bed, Report report) {
        var rollcall = bed.rollcallWithDataset();
        var follower = rollcall.follower();
        try (var bare = BareRoute.start(
                bed.options().folder(),
                rollcall.process(follower),
                rollcall.address(follower),
                Dataset.rollcallPath(0))) {
            var contenders = new ArrayList<Contender>();
            contenders.add(Contender.closed(
                    ROLLCALL,
                    List.of(rollcall.address(follower)),
                    connections,
                    Dataset.rollcallReads(false),
                    rollcall::cpu));
            contenders.add(Contender.closed(
                    BARE, List.of(bare.address()), connections, Dataset.rollcallReads(false), bare::cpu));
            bed.etcdWithDataset().ifPresent(etcd -> {
                var target = List.of(etcd.address(etcd.follower()));
                contenders.add(Contender.closed(ETCD, target, connections, Dataset.etcdReads(false), etcd::cpu));
                contenders.add(
                        Contender.closed(ETCD_LINEARIZABLE, target, connections, Dataset.etcdReads(true), etcd::cpu));
            });

            var figure = "discovery of 10 of 10,000 instances, one follower, " + connections + " connections";
            var rounds = Rounds.measure(figure, bed.options(), contenders);

            rounds.addRates(report);
            rounds.addRatio(report, ROLLCALL, BARE, Target.atLeast(0.85));
            rounds.addRatio(report, ROLLCALL, ETCD, Target.atLeast(3));
            rounds.addRatio(report, ROLLCALL, ETCD_LINEARIZABLE, null);
        }
    }
}
