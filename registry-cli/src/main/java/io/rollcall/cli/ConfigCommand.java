package io.rollcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with configuration. */
@Command(
        name = "config",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Read, change and follow configuration: values under keys such as orders/db.url.",
        footer = {
            "",
            "Each change of a key is a version of its own, a deletion, too; the newest 100 are kept.",
            "",
            "Examples:",
            "  rollcall config put orders/db.url jdbc:postgresql://db/orders",
            "  rollcall config get orders/db.url",
            "  rollcall config watch orders/"
        })
final class ConfigCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private ConfigCommand() {}

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigGetCommand(terminal))
                .addSubcommand(new ConfigPutCommand(terminal))
                .addSubcommand(new ConfigDeleteCommand(terminal))
                .addSubcommand(new ConfigListCommand(terminal))
                .addSubcommand(new ConfigHistoryCommand(terminal))
                .addSubcommand(new ConfigRollbackCommand(terminal))
                .addSubcommand(new ConfigWatchCommand(terminal))
                .addSubcommand(new ConfigExportCommand(terminal))
                .addSubcommand(new ConfigImportCommand(terminal));
    }
}
