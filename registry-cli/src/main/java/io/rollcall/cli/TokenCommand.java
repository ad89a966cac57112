package io.rollcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with tokens. */
@Command(
        name = "token",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Make, list, rotate and take back tokens.",
        footer = {
            "",
            "A token is shown once, when it is made. This needs one that may: --token, or ROLLCALL_TOKEN.",
            "",
            "Examples:",
            "  rollcall token create --identity orders --policy orders --ttl 720h",
            "  rollcall token rotate 7f3a90c1d2e4b5a67081 --overlap 1h"
        })
final class TokenCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private TokenCommand() {}

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(terminal))
                .addSubcommand(new TokenListCommand(terminal))
                .addSubcommand(new TokenShowCommand(terminal))
                .addSubcommand(new TokenRotateCommand(terminal))
                .addSubcommand(new TokenDeleteCommand(terminal));
    }
}
