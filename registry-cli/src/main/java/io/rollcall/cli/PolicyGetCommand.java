package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.RegistryClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints one policy. */
@Command(
        name = "get",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print one policy; as JSON it is what policy put --from takes.",
        footer = {
            "",
            "Examples:",
            "  rollcall policy get orders",
            "  rollcall policy get orders --output json > orders.json"
        })
final class PolicyGetCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The policy.")
    private String name = "";

    PolicyGetCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.access().policy(name), done -> print(report, done.value()));
    }

    static void print(Report report, JsonNode policy) {
        Table table = new Table("RESOURCE", "LEVEL", "NAMESPACE", "NAME");
        for (JsonNode rule : policy.path("rules")) {
            table.row(
                    rule.path("resource").asText(),
                    rule.path("level").asText(),
                    rule.path("namespace").asText(""),
                    rule.has("prefix")
                            ? rule.path("prefix").asText() + "*"
                            : rule.path("name").asText());
        }
        if (table.isEmpty()) {
            report.out().println("no rules: it allows nothing");
        } else {
            report.show(table);
        }
    }
}
