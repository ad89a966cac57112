package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.RegistryClient;
import picocli.CommandLine.Command;

/** Lists policies. */
@Command(
        name = "list",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "List the policies.",
        footer = {"", "Examples:", "  rollcall policy list"})
final class PolicyListCommand extends ClientCommand {

    PolicyListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.access().policies(), done -> print(report, done.value()));
    }

    private static void print(Report report, JsonNode list) {
        Table table = new Table("NAME", "RULES", "DESCRIPTION");
        for (JsonNode policy : list.path("policies")) {
            table.row(
                    policy.path("name").asText(),
                    policy.path("rules").size(),
                    policy.path("description").asText());
        }
        report.show(table);
    }
}
