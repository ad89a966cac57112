package io.rollcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with policies. */
@Command(
        name = "policy",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Make, read and delete policies: what tokens may do.",
        footer = {
            "",
            "The longest rule that matches decides, and a denial beats what is allowed by one as long.",
            "",
            "Examples:",
            "  rollcall policy put orders --service-write orders --service-read '*' --config-read 'orders/*'",
            "  rollcall policy get orders --output json"
        })
final class PolicyCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private PolicyCommand() {}

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyPutCommand(terminal))
                .addSubcommand(new PolicyGetCommand(terminal))
                .addSubcommand(new PolicyListCommand(terminal))
                .addSubcommand(new PolicyDeleteCommand(terminal));
    }
}
