package io.rollcall.cli;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ConfigHistory;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the versions of a key. */
@Command(
        name = "history",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print the versions of a key, newest first; the newest 100 are kept.",
        footer = {"", "Examples:", "  rollcall config history orders/db.url"})
final class ConfigHistoryCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private FreshnessOptions reading = new FreshnessOptions();

    ConfigHistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        ConfigClient config = client.config();
        return report.print(
                config.history(config.key(key), reading.options()), done -> print(report.out(), done.value()));
    }

    private static void print(PrintWriter out, ConfigHistory history) {
        Table table = new Table("VERSION", "CHANGED", "", "SIZE", "TYPE", "INDEX", "BY");
        for (ConfigEntry version : history.versions()) {
            table.row(
                    version.version(),
                    InstanceJson.time(version.modifiedAt()),
                    version.deleted() ? "deleted" : version.secret() ? "secret" : "",
                    version.deleted() ? "" : version.size(),
                    version.deleted() ? "" : version.contentType(),
                    version.modifyIndex(),
                    Objects.requireNonNullElse(version.actor(), ""));
        }
        table.print(out);
    }
}
