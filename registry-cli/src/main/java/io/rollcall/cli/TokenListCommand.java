package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.RegistryClient;
import picocli.CommandLine.Command;

/** Lists tokens. */
@Command(
        name = "list",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "List the tokens, without their secrets.",
        footer = {"", "Examples:", "  rollcall token list"})
final class TokenListCommand extends ClientCommand {

    TokenListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.access().tokens(), done -> print(report, done.value()));
    }

    private static void print(Report report, JsonNode list) {
        Table table = new Table("ID", "IDENTITY", "POLICIES", "EXPIRES", "DESCRIPTION");
        for (JsonNode token : list.path("tokens")) {
            table.row(
                    token.path("id").asText(),
                    token.path("identity").asText(),
                    TokenShowCommand.names(token.path("policies")),
                    token.path("expiresAt").asText("never"),
                    token.path("description").asText());
        }
        if (table.isEmpty()) {
            report.out().println("no tokens");
        } else {
            report.show(table);
        }
    }
}
