package io.rollcall.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What there is to do with the cluster. */
@Command(
        name = "cluster",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        description = "See the cluster, and what it does with instances that fell silent.",
        footer = {"", "Examples:", "  rollcall cluster status", "  rollcall cluster expiry"})
final class ClusterCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;
}
