package io.rollcall.bench.suite;

import io.rollcall.bench.etcd.EtcdLeases;
import io.rollcall.bench.load.HttpLoad;
import io.rollcall.bench.load.LoadPlan;
import io.rollcall.bench.load.LoadResult;
import io.rollcall.bench.load.Requests;
import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.EtcdCluster;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Heartbeats of 10,000 instances, in batches and one by one; of etcd, keep-alives of as many leases. */
final class Heartbeats implements Experiment {

    private static final String FIGURE = "heartbeats of 10,000 instances";
    private static final String BATCHED = "rollcall, batches of " + Fleet.BEATS + ", all nodes";
    private static final String SINGLE = "rollcall, one by one, all nodes";
    private static final String ETCD_GRPC = "etcd gRPC streams, leader";
    private static final String ETCD_GATEWAY = "etcd gateway, all members";
    private static final String ETCD_GATEWAY_LEADER = "etcd gateway, leader";

    private static final int INSTANCES = 10_000;

    /** So long that nobody's turn lets a lease of another come near its end. */
    private static final Duration TTL = Duration.ofHours(24);

    private static final int CALLERS = 64;
    /** What one beat that failed takes of an answer, at least. */
    private static final int FAILED_BYTES_MIN = 60;

    private static final int BATCH_CALLERS = 16;

    // More of each made no keep-alive cheaper for etcd, and fewer messages in flight made it dearer.
    private static final int CONNECTIONS = 2;
    private static final int STREAMS = 16;
    private static final int OUTSTANDING = 64;

    private static final long FIRST_LEASE = 1_000_000;

    @Override
    public void run(TestBed bed, Report report) {
        var contenders = new ArrayList<Contender>();
        addRollcall(contenders, bed.rollcall());
        var etcd = bed.etcd().orElse(null);
        if (etcd == null) {
            measure(bed, report, contenders);
            return;
        }
        try (var leases = EtcdLeases.connect(etcd.address(etcd.leader()), CONNECTIONS)) {
            Progress.say("granting " + INSTANCES + " leases of etcd");
            leases.grant(FIRST_LEASE, INSTANCES, TTL);
            addEtcd(contenders, etcd, leases);
            measure(bed, report, contenders);
            requireLeases(etcd);
        }
    }

    private static void measure(TestBed bed, Report report, List<Contender> contenders) {
        var rounds = Rounds.measure(FIGURE, bed.options(), contenders);
        rounds.addRates(report);
        rounds.addRatio(report, BATCHED, ETCD_GRPC, Target.atLeast(10));
        rounds.addRatio(report, SINGLE, ETCD_GATEWAY, Target.atLeast(3));
        rounds.addRatio(report, SINGLE, ETCD_GATEWAY_LEADER, null);
    }

    private static void addRollcall(List<Contender> contenders, RollcallCluster rollcall) {
        var leader = rollcall.address(rollcall.leader());
        var fleet = new Fleet("beating", TTL.toHours() + "h", INSTANCES);
        fleet.registerAll(leader);
        var wholeBytes = fleet.requireRenewed(leader);
        var batches = Requests.inTurn(fleet.batches(0, INSTANCES));
        var nodes = rollcall.addresses();
        contenders.add(new Contender(
                BATCHED,
                time -> requireWhole(HttpLoad.run(LoadPlan.closed(nodes, BATCH_CALLERS, time), batches), wholeBytes),
                rollcall::cpu,
                Fleet.BEATS));
        contenders.add(Contender.closed(SINGLE, nodes, CALLERS, Requests.inTurn(fleet.singles()), rollcall::cpu));
    }

    private static void addEtcd(List<Contender> contenders, EtcdCluster etcd, EtcdLeases leases) {
        var next = new AtomicLong();
        LongSupplier inTurn = () -> FIRST_LEASE + next.getAndIncrement() % INSTANCES;
        contenders.add(
                new Contender(ETCD_GRPC, time -> leases.keepAlive(STREAMS, OUTSTANDING, inTurn, time), etcd::cpu));
        var keepAlives = Requests.inTurn(LongStream.range(FIRST_LEASE, FIRST_LEASE + INSTANCES)
                .mapToObj(id -> Requests.withBody(
                        "POST", "/v3/lease/keepalive", ("{\"ID\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)))
                .toList());
        contenders.add(Contender.closed(ETCD_GATEWAY, etcd.addresses(), CALLERS, keepAlives, etcd::cpu));
        contenders.add(Contender.closed(
                ETCD_GATEWAY_LEADER, List.of(etcd.address(etcd.leader())), CALLERS, keepAlives, etcd::cpu));
    }

    /** One beat in a thousand may be told to come again: a leader that is asked for all it has may be late for some. */
    private static LoadResult requireWhole(LoadResult result, long wholeBytes) {
        var answers = result.latencyMicros().getTotalCount();
        var failed = (result.bodyBytes() - answers * wholeBytes) / FAILED_BYTES_MIN;
        if (failed * 1_000 > answers * Fleet.BEATS) {
            throw new IllegalStateException("about " + failed + " of " + answers * Fleet.BEATS
                    + " heartbeats were not renewed; mean bytes of an answer " + result.meanBodyBytes());
        }
        return result;
    }

    /** The gateway answers 200 for a lease that is gone, too. */
    private static void requireLeases(EtcdCluster etcd) {
        var found = Calls.require(etcd.address(etcd.leader()), "POST", "/v3/lease/leases", "{}")
                .json()
                .path("leases")
                .size();
        if (found != INSTANCES) {
            throw new IllegalStateException("etcd has " + found + " of " + INSTANCES + " leases");
        }
    }
}
