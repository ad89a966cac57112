package io.rollcall.bench;

import io.rollcall.bench.suite.Suite;
import io.rollcall.bench.suite.SuiteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollcall bench}: measures the registry beside its peers on this machine. */
@Command(
        name = "rollcall bench",
        sortOptions = false,
        showDefaultValues = true,
        subcommands = LoadCommand.class,
        description = {
            "Starts clusters of the registry and of etcd on this machine, measures both in turn, round by round, and prints"
                    + " one table of medians, spreads and ratios. Give it the machine alone.",
            "",
            "Without a subcommand all experiments run; they take well over an hour, with --quick some minutes."
        },
        footer = {
            "",
            "'rollcall bench jmh' runs the JMH benchmarks of codec, apply and view; 'jmh -h' lists JMH's options."
        })
public final class Bench implements Callable<Integer> {

    private static final String JMH = "jmh";
    private static final int FAILED = 1;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explains this command.")
    @SuppressWarnings("UnusedVariable") // picocli reads it.
    private boolean help;

    @Option(names = "--quick", description = "Small figures of everything: a trial, not to be quoted.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "These experiments only: ${COMPLETION-CANDIDATES}.",
            completionCandidates = ExperimentNames.class)
    private @Nullable Set<String> only;

    @Option(
            names = "--secure",
            description =
                    "The one experiment that measures what protection costs: a cluster with TLS, tokens and encryption at rest beside one without.")
    private boolean secure;

    @Option(
            names = "--telemetry",
            description =
                    "The one experiment that measures what telemetry costs: a cluster that exports metrics and one trace in"
                            + " a hundred beside one that tells nothing.")
    private boolean telemetry;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each figure (default: 7; quick: 3).")
    private @Nullable Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Seconds of each round (default: 8; quick: 2).")
    private @Nullable Double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds before the first round (default: 60; quick: 4).")
    private @Nullable Double warmUp;

    @Option(names = "--failover-rounds", paramLabel = "N", description = "Leaders killed (default: 11; quick: 2).")
    private @Nullable Integer failoverRounds;

    @Option(
            names = "--memory-instances",
            paramLabel = "N",
            description = "Instances, and leases, that the heap is measured with (default: 1000000; quick: 50000).")
    private @Nullable Integer memoryInstances;

    @Option(names = "--memory-nodes", paramLabel = "N", description = "Members of the cluster that holds them.")
    private int memoryNodes = 1;

    @Option(
            names = "--fan-out-watchers",
            paramLabel = "N",
            description = "Watchers of one node that are told of one change (default: 10000; quick: 1000).")
    private @Nullable Integer fanOutWatchers;

    @Option(
            names = "--large-service",
            paramLabel = "N",
            description = "Instances of the large service (default: 50000; quick: 10000).")
    private @Nullable Integer largeService;

    @Option(
            names = "--server-command",
            split = " ",
            paramLabel = "COMMAND",
            description = "What starts a node (default: this launcher's 'server').")
    private @Nullable List<String> serverCommand;

    @Option(names = "--node-jvm", paramLabel = "OPTIONS", description = "JVM options for the nodes, such as -Xmx2g.")
    private String nodeJvm = "";

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where a folder for data and logs is made (default: the system's temporary folder).")
    private @Nullable Path folder;

    @Option(names = "--keep", description = "Keep data and logs; they also stay where something broke.")
    private boolean keep;

    @Option(names = "--result", paramLabel = "FILE", description = "Where all rounds are written as JSON.")
    private Path result = Path.of("bench-result.json");

    static final class ExperimentNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Suite.names().iterator();
        }
    }

    /**
     * Runs the command.
     *
     * @param args of the command line
     * @throws IOException if JMH cannot write its results
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals(JMH)) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        var chosen = chosen();
        requireKnown(chosen);
        var work = newFolder();
        var report = Suite.run(chosen, options(work));
        report.write(result);
        System.out.println(report.table());
        System.out.println("all rounds: " + result.toAbsolutePath());
        var missed = report.missed();
        missed.forEach(row -> System.out.println("missed: " + row.figure() + ": " + row.subject()));
        if (!keep && report.broken().isEmpty()) {
            delete(work);
        } else {
            System.out.println("data and logs: " + work.toAbsolutePath());
        }
        return missed.isEmpty() && report.broken().isEmpty() ? 0 : FAILED;
    }

    private Set<String> chosen() {
        if (secure) {
            return Set.of(Suite.SECURE);
        }
        if (telemetry) {
            return Set.of(Suite.TELEMETRY);
        }
        return only == null ? new LinkedHashSet<>(Suite.names()) : only;
    }

    /** A folder of this run alone: it is deleted with all that is in it. */
    private Path newFolder() throws IOException {
        return folder == null
                ? Files.createTempDirectory("rollcall-bench")
                : Files.createTempDirectory(Files.createDirectories(folder), "rollcall-bench");
    }

    private SuiteOptions options(Path work) {
        return new SuiteOptions(
                choose(rounds, 3, 7),
                duration(choose(seconds, 2.0, 8.0)),
                duration(choose(warmUp, 4.0, 60.0)),
                choose(failoverRounds, 2, 11),
                choose(memoryInstances, 50_000, 1_000_000),
                memoryNodes,
                choose(fanOutWatchers, 1_000, 10_000),
                choose(largeService, 10_000, 50_000),
                serverCommand == null ? List.of(launcher(), "server") : serverCommand,
                nodeJvm,
                work);
    }

    private <T> T choose(@Nullable T given, T whenQuick, T otherwise) {
        if (given != null) {
            return given;
        }
        return quick ? whenQuick : otherwise;
    }

    private String launcher() {
        var launcher = System.getProperty("rollcall.launcher");
        if (launcher == null) {
            throw usage("start this with bin/rollcall bench, or say with --server-command what starts a node");
        }
        return launcher;
    }

    private void requireKnown(Set<String> chosen) {
        for (var name : chosen) {
            if (!Suite.names().contains(name)) {
                throw usage("--only " + name + ": no such experiment; there are " + String.join(", ", Suite.names()));
            }
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec == null ? new CommandLine(this) : spec.commandLine(), message);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
