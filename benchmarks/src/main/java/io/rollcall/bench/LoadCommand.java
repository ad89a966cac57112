package io.rollcall.bench;

import io.rollcall.bench.load.HttpLoad;
import io.rollcall.bench.load.LoadPlan;
import io.rollcall.bench.load.LoadResult;
import io.rollcall.bench.load.RequestSource;
import io.rollcall.bench.suite.Workloads;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rollcall bench load}: one load on a cluster that runs already. */
@Command(
        name = "load",
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Loads a cluster that runs already and prints rate and latencies.",
            "",
            "With --rate the loop is open: requests begin at that rate whether or not earlier ones were answered, and a"
                    + " latency counts from the moment its request was meant to begin, so that a stall is not left out."
                    + " Without it, each caller asks again as soon as it was answered."
        })
final class LoadCommand implements Callable<Integer> {

    private enum Workload {
        register,
        discover,
        linearizable
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explains this command.")
    @SuppressWarnings("UnusedVariable") // picocli reads it.
    private boolean help;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8500",
            description = "A node; repeats. Callers are spread over all.")
    private List<URI> servers = List.of();

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            defaultValue = "discover",
            description =
                    "register: new instances, 10 to a service; discover: stale reads of what 'register' wrote first,"
                            + " --services of them; linearizable: the same, linearizably.")
    private Workload workload = Workload.discover;

    @Option(names = "--prefix", paramLabel = "NAME", defaultValue = "load", description = "Of the services' names.")
    private String prefix = "";

    @Option(names = "--services", paramLabel = "N", defaultValue = "100", description = "Services that are read.")
    private int services;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64", description = "Callers.")
    private int connections;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Threads of the driver.")
    private int threads;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests a second in all; 0: as many as are answered.")
    private double rate;

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "5", description = "Seconds before it counts.")
    private int warmUpSeconds;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "10", description = "Seconds that count.")
    private int seconds;

    @Override
    public Integer call() {
        var targets = servers.stream()
                .map(url -> new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()))
                .toList();
        var source = source();
        if (warmUpSeconds > 0) {
            HttpLoad.run(plan(targets, warmUpSeconds), source);
        }
        var result = HttpLoad.run(plan(targets, seconds), source);
        print(result);
        return result.failed() == 0 ? 0 : 1;
    }

    private RequestSource source() {
        return switch (workload) {
            case register -> Workloads.registrations(prefix);
            case discover -> Workloads.discovery(prefix, services, false);
            case linearizable -> Workloads.discovery(prefix, services, true);
        };
    }

    private LoadPlan plan(List<InetSocketAddress> targets, int time) {
        return new LoadPlan(targets, connections, threads, Duration.ofSeconds(time), rate);
    }

    private static void print(LoadResult result) {
        System.out.printf(
                Locale.ROOT, "%.0f answers/s, %.0f bytes each%n", result.ratePerSecond(), result.meanBodyBytes());
        for (var percentile : new double[] {50, 90, 99, 99.9, 100}) {
            System.out.printf(Locale.ROOT, "p%-5s %9.2f ms%n", percentile, result.latencyMillis(percentile));
        }
        result.failures().forEach((what, count) -> System.out.println("FAILED: " + what + ": " + count));
    }
}
