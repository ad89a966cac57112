package io.rollcall.cli;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ConfigPage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the keys that begin alike. */
@Command(
        name = "list",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print the keys that begin alike, without their values; 1000 a page unless told.",
        footer = {"", "Examples:", "  rollcall config list", "  rollcall config list orders/"})
final class ConfigListCommand extends ClientCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "What the keys begin with. Default: all keys.")
    private String prefix = "";

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private ReadingOptions reading = new ReadingOptions();

    ConfigListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.config().list(prefix, reading.options()), done -> print(report, done));
    }

    private static void print(Report report, Outcome.Done<ConfigPage> done) {
        ConfigPage page = done.value();
        if (!page.keys().isEmpty()) {
            Table table = new Table("KEY", "VERSION", "SIZE", "TYPE", "", "INDEX", "CHANGED");
            for (ConfigPage.Listed listed : page.keys()) {
                ConfigEntry entry = listed.entry();
                table.row(
                        entry.key().path(),
                        entry.version(),
                        entry.size(),
                        entry.contentType(),
                        entry.secret() ? ColouredText.of("secret", Ink.YELLOW) : "",
                        entry.modifyIndex(),
                        InstanceJson.time(entry.modifiedAt()));
            }
            report.show(table);
            report.out().println();
        }
        int count = page.keys().size();
        report.show(ColouredText.of(count == 0 ? "no key" : ConfigText.quantity(count, "key"))
                .plus(" (")
                .plus(Source.of(done.headers()))
                .plus(")")
                .plus(ReadingOptions.more(page.cursor())));
    }
}
