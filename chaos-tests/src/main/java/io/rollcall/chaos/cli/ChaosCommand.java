package io.rollcall.chaos.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.chaos.campaign.Campaign;
import io.rollcall.chaos.campaign.FaultKind;
import io.rollcall.chaos.campaign.Schedule;
import io.rollcall.chaos.checker.Findings;
import io.rollcall.chaos.checker.HistoryChecks;
import io.rollcall.chaos.checker.LeaseBounds;
import io.rollcall.chaos.checker.LeaseChecks;
import io.rollcall.chaos.history.HistoryFile;
import io.rollcall.chaos.lease.LeaseHistory;
import io.rollcall.chaos.report.HtmlReport;
import io.rollcall.chaos.report.Origin;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.report.RunReport;
import io.rollcall.chaos.report.ScenarioResult;
import io.rollcall.chaos.report.TerminalSummary;
import io.rollcall.chaos.report.Verdict;
import io.rollcall.chaos.workload.KeyLoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollcall chaos}: does random faults to a cluster under load and checks what its clients saw. */
@Command(
        name = "rollcall chaos",
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Starts three nodes on this machine, lets clients write and read the same few instances, does faults to the nodes,"
                    + " one after the other, and checks at the end that nothing was lost, doubled, stale or different.",
            "",
            "What needs root (power loss, full disks) or a C compiler (failing and slow syncs, wrong clocks) is left out where"
                    + " that is missing, and the start says so. Give it the machine alone."
        },
        footer = {
            "",
            "The exit status is 0 if all held, 1 if anything did not, 2 for bad options.",
            "",
            "  rollcall chaos --duration 30m                     a soak",
            "  rollcall chaos --seed 42 --faults kill,isolate    the same faults each time",
            "  rollcall chaos --seed 42 --schedule 20            what these faults would be",
            "  rollcall chaos --check history.jsonl.gz           check a saved history again"
        })
public final class ChaosCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explains this command.")
    @SuppressWarnings("UnusedVariable") // picocli reads it.
    private boolean help;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats a schedule of faults (default: a new one, which is printed).")
    private @Nullable Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "How long faults are done, such as 90s, 30m or 2h.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "These kinds only: ${COMPLETION-CANDIDATES}.",
            completionCandidates = KindNames.class)
    private @Nullable List<String> faults;

    @Option(
            names = "--max-faults",
            paramLabel = "N",
            description = "Ends after so many faults.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private int maxFaults = Integer.MAX_VALUE;

    @Option(names = "--clients", paramLabel = "N", description = "Clients at once, 1 to 32.")
    private int clients = KeyLoad.Rate.USUAL.clients();

    @Option(names = "--rate", paramLabel = "N", description = "Operations a second of all clients, 1 to 10000.")
    private int rate = KeyLoad.Rate.USUAL.perSecond();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where data, logs, history and report lie; emptied first.")
    private Path folder = Path.of("rollcall-chaos");

    @Option(
            names = "--schedule",
            paramLabel = "N",
            description = "Prints the first N faults of the seed, and does nothing.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private int scheduled;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Checks a history that was saved, of keys or of leases, and does nothing else.")
    private @Nullable Path history;

    /** The names of all kinds, for the help. */
    static final class KindNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(FaultKind.values()).map(FaultKind::label).iterator();
        }
    }

    /**
     * Runs the command.
     *
     * @param args of the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new ChaosCommand());
        ITypeConverter<Duration> durations = text -> {
            try {
                return Durations.parse("it", text);
            } catch (RuntimeException e) {
                throw new CommandLine.TypeConversionException("'" + text + "': " + e.getMessage());
            }
        };
        line.registerConverter(Duration.class, durations);
        line.setUsageHelpWidth(120);
        return line;
    }

    @Override
    public Integer call() {
        if (history != null) {
            return checkAgain(history);
        }
        requireRange("--clients", clients, 32);
        requireRange("--rate", rate, 10_000);
        requireRange("--max-faults", maxFaults, Integer.MAX_VALUE);
        long chosen = seed == null ? new SplittableRandom().nextLong() >>> 16 : seed;
        List<FaultKind> kinds = kinds();
        say("seed " + chosen + "; repeat with --seed " + chosen + " --faults "
                + String.join(",", kinds.stream().map(FaultKind::label).toList()));
        return scheduled > 0 ? printSchedule(chosen, kinds) : run(chosen, kinds);
    }

    private void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw usage(option + " must be 1 to " + most + "; it is " + value);
        }
    }

    /** The kinds that were asked for; without that, all that this machine can do. */
    private List<FaultKind> kinds() {
        Set<FaultKind> kinds = new LinkedHashSet<>();
        for (FaultKind kind : faults == null ? List.of(FaultKind.values()) : named(faults)) {
            String missing = kind.missing().orElse("");
            if (missing.isEmpty()) {
                kinds.add(kind);
            } else if (faults == null) {
                say("left out: " + kind.label() + ", since " + missing);
            } else {
                throw usage("--faults " + kind.label() + " cannot be done here: " + missing);
            }
        }
        return List.copyOf(kinds);
    }

    private List<FaultKind> named(List<String> names) {
        List<FaultKind> kinds = new ArrayList<>();
        for (String name : names) {
            try {
                kinds.add(FaultKind.of(name));
            } catch (IllegalArgumentException e) {
                throw usage("--faults: " + e.getMessage());
            }
        }
        return kinds;
    }

    private int printSchedule(long chosen, List<FaultKind> kinds) {
        Schedule schedule = new Schedule(chosen, kinds);
        for (int i = 1; i <= scheduled; i++) {
            say(i + ": " + schedule.next());
        }
        return 0;
    }

    private int run(long chosen, List<FaultKind> kinds) {
        Path home = folder.toAbsolutePath();
        Recorder recorder = new Recorder("rollcall chaos", "Random faults under load", chosen);
        Campaign.Settings settings = new Campaign.Settings(
                home.resolve("cluster"),
                "cli-" + ProcessHandle.current().pid(),
                chosen,
                duration,
                maxFaults,
                kinds,
                new KeyLoad.Rate(clients, rate));
        Verdict verdict = Verdict.PASSED;
        String reason = "";
        try {
            new Campaign(settings, recorder, this::say).run();
        } catch (RuntimeException | AssertionError e) {
            verdict = Verdict.FAILED;
            reason = String.valueOf(e.getMessage());
        }
        ScenarioResult result = recorder.finish(verdict, reason);
        RunReport report =
                new RunReport(Origin.current(), result.startedAtMillis(), result.tookMillis(), 1, List.of(result));
        Path page = home.resolve("report.html");
        HtmlReport.write(report, page);
        TerminalSummary.of(report).forEach(this::say);
        say("report:  " + page);
        say("history: " + home.resolve("cluster").resolve("history.jsonl.gz"));
        return report.outcome() == Verdict.PASSED ? 0 : FAILED;
    }

    private int checkAgain(Path file) {
        if (!Files.isReadable(file)) {
            throw usage("--check " + file + ": there is no such file, or it cannot be read");
        }
        Findings findings = file.endsWith(LeaseHistory.FILE)
                ? LeaseChecks.check(LeaseHistory.read(file), LeaseBounds.USUAL).findings()
                : HistoryChecks.check(HistoryFile.read(file));
        findings.figures().forEach((figure, count) -> say(count + " " + figure.label()));
        findings.violations().forEach(this::say);
        say(findings.violations().isEmpty() ? "all that was checked holds" : "not all that was checked holds");
        return findings.violations().isEmpty() ? 0 : FAILED;
    }

    private ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(spec.commandLine(), message);
    }

    private void say(String line) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set this command up");
        }
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
