package io.rollcall.bench.suite;

import io.rollcall.bench.checks.CheckTarget;
import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.RollcallCluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What 10,000 HTTP checks every 10 s cost the leader: with all targets at one address, and at a hundred. */
final class HealthChecks implements Experiment {

    private static final String FIGURE = "10,000 HTTP checks, each every 10 s, on the leader of three nodes";
    private static final int INSTANCES = 10_000;
    private static final int INTERVAL_SECONDS = 10;
    private static final int BATCH = 1_000;
    private static final List<Integer> ADDRESSES = List.of(1, 100);
    private static final double PERCENT_MAX = 50;

    /** A share of processor time counts for nothing if the checks are not made. */
    private static final double PER_SECOND_MIN = 0.95 * INSTANCES / INTERVAL_SECONDS;

    private static final Duration PASSING_WAIT_MAX = Duration.ofMinutes(2);

    @Override
    public void run(TestBed bed, Report report) throws IOException {
        try (var rollcall = bed.newRollcall(TestBed.MEMBERS, bed.options().nodeJvmOptions())) {
            var leader = rollcall.leader();
            var without = new ArrayList<Double>();
            for (var round = 0; round < bed.options().rounds(); round++) {
                without.add(CpuShare.percent(
                        rollcall.process(leader),
                        () -> Calls.pause(bed.options().roundTime())));
            }
            report.add(Row.of(FIGURE, "cpu without checks", "%", new Series(without), null));
            for (var addresses : ADDRESSES) {
                try (var target = CheckTarget.start(addresses)) {
                    measure(bed, report, rollcall, leader, target);
                }
            }
        }
    }

    private static void measure(TestBed bed, Report report, RollcallCluster rollcall, int leader, CheckTarget target) {
        var addresses = target.addresses().size();
        var name = addresses == 1 ? "one address" : addresses + " addresses";
        Progress.say(FIGURE + ": " + name);
        for (var from = 0; from < INSTANCES; from += BATCH) {
            Instances.register(rollcall.address(leader), batch(target, from));
        }
        Calls.await("all checks to pass", PASSING_WAIT_MAX, () -> rollcall.healthyInstances(leader) == INSTANCES);
        Calls.pause(bed.options().warmUp());
        measure(bed, report, rollcall, leader, target, name);
        if (rollcall.leader() != leader) {
            throw new IllegalStateException("the leader changed while its checks were measured");
        }
        if (rollcall.healthyInstances(leader) != INSTANCES) {
            throw new IllegalStateException("not all instances pass their checks");
        }
    }

    private static void measure(
            TestBed bed, Report report, RollcallCluster rollcall, int leader, CheckTarget target, String name) {
        var shares = new ArrayList<Double>();
        var rates = new ArrayList<Double>();
        var connections = new ArrayList<Double>();
        for (var round = 0; round < bed.options().rounds(); round++) {
            var answered = target.answered();
            var accepted = target.accepted();
            var start = System.nanoTime();
            // A whole interval: in it each check is due once.
            shares.add(CpuShare.percent(
                    rollcall.process(leader), () -> Calls.pause(Duration.ofSeconds(INTERVAL_SECONDS))));
            var seconds = (System.nanoTime() - start) / 1e9;
            rates.add((target.answered() - answered) / seconds);
            connections.add((target.accepted() - accepted) / seconds);
        }
        report.add(Row.of(FIGURE, "cpu, targets at " + name, "%", new Series(shares), Target.atMost(PERCENT_MAX)));
        report.add(new Row(
                FIGURE,
                "checks that arrived at " + name,
                "1/s",
                new Series(rates),
                Map.of("new connections/s", new Series(connections)),
                Map.of(),
                Target.atLeast(PER_SECOND_MIN)));
    }

    private static String batch(CheckTarget target, int from) {
        return IntStream.range(from, from + BATCH)
                .mapToObj(n -> json(target, n))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
    }

    private static String json(CheckTarget target, int n) {
        var address = target.addresses().get(n % target.addresses().size());
        return "{\"name\":\"" + Instances.service("checked", n) + "\",\"id\":\"" + Instances.id("checked", n)
                + "\",\"version\":\"1\",\"host\":\"" + address.getHostString() + "\",\"port\":" + address.getPort()
                + ",\"protocol\":\"http\",\"ttl\":\"0s\",\"healthCheck\":{\"type\":\"http\",\"endpoint\":\"/health\","
                + "\"interval\":\"" + INTERVAL_SECONDS + "s\"}}";
    }
}
