package io.rollcall.bench.suite;

import io.rollcall.bench.process.Calls;
import io.rollcall.bench.process.Cluster;
import io.rollcall.bench.report.Report;
import io.rollcall.bench.report.Row;
import io.rollcall.bench.report.Series;
import io.rollcall.bench.report.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * From {@code kill -9} of the leader to the next acknowledged write. After the kill one caller writes through each
 * survivor, again and again until it is acknowledged.
 */
final class Failover implements Experiment {

    private static final String FIGURE = "kill -9 of the leader to the next acknowledged write";
    private static final double MEDIAN_SECONDS_MAX = 1;
    private static final double WORST_SECONDS_MAX = 2;
    private static final Duration WRITE_WAIT_MAX = Duration.ofSeconds(15);
    private static final Duration GAP_MAX = Duration.ofSeconds(60);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(5);
    private static final Duration REST = Duration.ofSeconds(3);

    private final AtomicLong next = new AtomicLong();

    /** Sends one write that was never sent before. */
    private interface Write {
        Calls.Answer send(InetSocketAddress server, long n) throws IOException;
    }

    @Override
    public void run(TestBed bed, Report report) {
        var rounds = bed.options().failoverRounds();
        var executor = Executors.newFixedThreadPool(TestBed.MEMBERS);
        try {
            try (var rollcall = bed.newRollcall(TestBed.MEMBERS, bed.options().nodeJvmOptions())) {
                addRows(report, "rollcall", measure(executor, "rollcall", rollcall, rounds, Failover::register), true);
            }
            bed.newEtcd().ifPresent(etcd -> {
                try (etcd) {
                    addRows(report, "etcd gateway", measure(executor, "etcd", etcd, rounds, Failover::put), false);
                }
            });
        } finally {
            executor.shutdownNow();
        }
    }

    /** Returns for each round the gaps of all survivors, in seconds, least first. */
    private List<List<Double>> measure(
            ExecutorService executor, String name, Cluster cluster, int rounds, Write write) {
        var gaps = new ArrayList<List<Double>>();
        for (var round = 0; round < rounds; round++) {
            Calls.pause(REST);
            var leader = cluster.leader();
            var survivors = IntStream.range(0, TestBed.MEMBERS)
                    .filter(member -> member != leader)
                    .mapToObj(cluster::address)
                    .toList();
            survivors.forEach(survivor -> untilAcknowledged(survivor, write));

            var killed = System.nanoTime();
            cluster.kill(leader);
            var running = survivors.stream()
                    .map(survivor -> CompletableFuture.supplyAsync(
                            () -> (untilAcknowledged(survivor, write) - killed) / 1e9, executor))
                    .toList();
            gaps.add(running.stream().map(CompletableFuture::join).sorted().toList());

            Progress.say(FIGURE + ": " + name + ": " + gaps.get(round) + " s");
            cluster.restart(leader);
        }
        return gaps;
    }

    private static void addRows(Report report, String name, List<List<Double>> gaps, boolean judged) {
        var first = new Series(gaps.stream().map(ofRound -> ofRound.get(0)).toList());
        var all = new Series(
                gaps.stream().map(ofRound -> ofRound.get(ofRound.size() - 1)).toList());
        var median = judged ? Target.atMost(MEDIAN_SECONDS_MAX) : null;
        var worst = judged ? Target.atMost(WORST_SECONDS_MAX) : null;
        report.add(Row.of(FIGURE, name + ", median", "s", first, median));
        report.add(Row.of(FIGURE, name + ", worst", "s", Series.of(first.max()), worst));
        report.add(Row.of(FIGURE, name + ", median, on every survivor", "s", all, null));
    }

    /** Returns when the first write was acknowledged. */
    private long untilAcknowledged(InetSocketAddress server, Write write) {
        var start = System.nanoTime();
        while (System.nanoTime() - start < GAP_MAX.toNanos()) {
            try {
                if (write.send(server, next.getAndIncrement()).isOk()) {
                    return System.nanoTime();
                }
            } catch (IOException noAnswer) {
                // The next attempt tells.
            }
            Calls.pause(RETRY_PAUSE);
        }
        throw new IllegalStateException("no write through " + server + " was acknowledged for " + GAP_MAX);
    }

    private static Calls.Answer register(InetSocketAddress server, long n) throws IOException {
        var service = Instances.service("failover", n);
        var id = Instances.id("failover", n);
        return Calls.send(server, "PUT", Instances.path(service, id), Instances.json(service, id, n), WRITE_WAIT_MAX);
    }

    private static Calls.Answer put(InetSocketAddress server, long n) throws IOException {
        return Calls.send(server, "POST", "/v3/kv/put", Dataset.etcdPut("failover", n), WRITE_WAIT_MAX);
    }
}
