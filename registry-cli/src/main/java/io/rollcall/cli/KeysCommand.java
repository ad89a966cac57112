package io.rollcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with the keys that secrets are sealed with. */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Make and change the keys by which the registry seals secrets in log, store and snapshots.",
        footer = {"", "Examples:", "  rollcall keys create --folder keys", "  rollcall keys rotate --wait"})
final class KeysCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private KeysCommand() {}

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreateCommand(terminal))
                .addSubcommand(new KeysStatusCommand(terminal))
                .addSubcommand(new KeysRotateCommand(terminal));
    }
}
