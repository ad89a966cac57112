package io.rollcall.cli;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ConfigHistory;
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
        return report.print(config.history(config.key(key), reading.options()), done -> print(report, done.value()));
    }

    private static void print(Report report, ConfigHistory history) {
        Table table = new Table("VERSION", "CHANGED", "", "SIZE", "TYPE", "INDEX", "BY");
        for (ConfigEntry version : history.versions()) {
            table.row(
                    version.version(),
                    InstanceJson.time(version.modifiedAt()),
                    kind(version),
                    version.deleted() ? "" : version.size(),
                    version.deleted() ? "" : version.contentType(),
                    version.modifyIndex(),
                    Objects.requireNonNullElse(version.actor(), ""));
        }
        report.show(table);
    }

    private static ColouredText kind(ConfigEntry version) {
        if (version.deleted()) {
            return ColouredText.of("deleted", Ink.RED);
        }
        return version.secret() ? ColouredText.of("secret", Ink.YELLOW) : ColouredText.EMPTY;
    }
}
