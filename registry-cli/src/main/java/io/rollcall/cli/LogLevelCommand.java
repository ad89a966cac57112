package io.rollcall.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.LogLevels;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a node logs of, or changes it. */
@Command(
        name = "log-level",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print what a node logs of, or change it: at that node alone, and until it ends.",
        footer = {
            "",
            "Of several servers the first that answers is asked: name one.",
            "",
            "Examples:",
            "  rollcall log-level",
            "  rollcall log-level io.rollcall.server.raft debug --for 10m",
            "  rollcall log-level io.rollcall.server.raft default"
        })
final class LogLevelCommand extends ClientCommand {

    private static final String DEFAULT = "default";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LOGGER",
            description = "A logger, or the beginning of names up to a dot; ROOT for all.")
    private @Nullable String logger;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LEVEL",
            description = "trace, debug, info, warn, error, off; or default, which takes back what was set.")
    private @Nullable String level;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "After which it falls back to what it was, such as 10m; at most 24h. Without it, it stays.")
    private @Nullable Duration lasting;

    LogLevelCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (logger == null) {
            return report.print(client.operations().logLevels(), done -> print(report, done.value()));
        }
        if (level == null) {
            throw new UsageException("which LEVEL? trace, debug, info, warn, error, off or default");
        }
        String wanted = level.equalsIgnoreCase(DEFAULT) ? null : level.toUpperCase(Locale.ROOT);
        return report.print(
                client.operations().setLogLevel(logger, wanted, lasting == null ? Duration.ZERO : lasting),
                done -> print(report, done.value()));
    }

    private static void print(Report report, LogLevels levels) {
        Table table = new Table("LOGGER", "LEVEL", "FOR");
        for (LogLevels.Level set : levels.levels()) {
            Long left = set.leftMillis();
            table.row(
                    set.logger(),
                    set.level(),
                    left == null ? "" : Durations.format(Duration.ofSeconds(Math.max(1, left / 1_000))));
        }
        report.show(table);
    }
}
