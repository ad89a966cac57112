package io.rollcall.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with an audit log. */
@Command(
        name = "audit",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Look into the audit log of a node: who changed what, and who was refused.",
        footer = {"", "Examples:", "  rollcall audit verify data/audit"})
final class AuditCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private AuditCommand() {}

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(terminal));
    }
}
