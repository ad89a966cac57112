package io.rollcall.cli;

import io.rollcall.api.model.InstanceId;
import io.rollcall.client.HistoryRange;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.HistoryPage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what happened to the instances of a service. */
@Command(
        name = "history",
        abbreviateSynopsis = true,
        sortOptions = false,
        description =
                "Print what happened to the instances of a service, newest first; 100 changes a page unless told.",
        footer = {
            "",
            "Examples:",
            "  rollcall history user-service",
            "  rollcall history user-service user-1 --since 2h",
            "  rollcall history user-service --since 2026-11-22T12:00:00Z --until 2026-11-22T13:00:00Z --output json"
        })
final class HistoryCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Only this instance.")
    private @Nullable String id;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what happened then or later: a time such as 2026-11-22T12:00:00Z, or how long ago, such"
                    + " as 2h.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what happened then or earlier.")
    private @Nullable String until;

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private ReadingOptions reading = new ReadingOptions();

    HistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        HistoryRange range = new HistoryRange(
                instant("--since", since), instant("--until", until), id == null ? null : new InstanceId(id));
        Outcome<HistoryPage> outcome = client.history(client.service(service), range, reading.options());
        return report.print(outcome, done -> print(report, done));
    }

    private static @Nullable Instant instant(String option, @Nullable String text) {
        return text == null ? null : PointInTime.parse(option, text, InstantSource.system());
    }

    private void print(Report report, Outcome.Done<HistoryPage> done) {
        HistoryPage page = done.value();
        List<HistoryPage.Change> changes = page.changes();
        if (!changes.isEmpty()) {
            Table table = new Table("TIME", "ID", "OPERATION", "WHAT", "BY", "INDEX", "TRACE");
            for (HistoryPage.Change change : changes) {
                table.row(
                        change.time(),
                        change.instance(),
                        change.operation(),
                        ChangeText.of(change.before(), change.after()),
                        orEmpty(change.actor()),
                        change.index(),
                        orEmpty(change.traceId()));
            }
            report.show(table);
            report.out().println();
        }
        report.show(ColouredText.of(
                        changes.isEmpty()
                                ? "no change"
                                : changes.size() == 1 ? "1 change" : changes.size() + " changes")
                .plus(" of " + service)
                .plus(page.knownSince() == null ? "" : ", known since " + page.knownSince())
                .plus(" (")
                .plus(Source.of(done.headers()))
                .plus(")")
                .plus(ReadingOptions.more(page.cursor())));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
