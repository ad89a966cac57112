package io.rollcall.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with certificates. */
@Command(
        name = "tls",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "Make certificates for a start.",
        footer = {"", "Examples:", "  rollcall tls create --node n1=10.0.0.1 --node n2=10.0.0.2 --node n3=10.0.0.3"})
final class TlsCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;
}
