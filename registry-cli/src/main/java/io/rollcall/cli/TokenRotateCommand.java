package io.rollcall.cli;

import io.rollcall.client.RegistryClient;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces a token. */
@Command(
        name = "rotate",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Make another token of the same identity, and let this one end.",
        footer = {"", "Examples:", "  rollcall token rotate 7f3a90c1d2e4b5a67081 --overlap 1h"})
final class TokenRotateCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The token's id: what stands before the dot.")
    private String id = "";

    @Option(names = "--ttl", paramLabel = "DURATION", description = "How long the new one holds. Default: for ever.")
    private Duration ttl = Duration.ZERO;

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            description = "How long the present one goes on holding. Default: not at all.")
    private Duration overlap = Duration.ZERO;

    TokenRotateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.access().rotateToken(id, ttl, overlap), done -> {
            TokenCreateCommand.printIssued(report, done.value());
            report.hint("The one before it ends at "
                    + done.value().path("previous").path("expiresAt").asText("no time: end it with token delete")
                    + ".");
        });
    }
}
