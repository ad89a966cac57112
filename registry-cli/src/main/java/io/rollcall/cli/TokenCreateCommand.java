package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Durations;
import io.rollcall.client.RegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a token. */
@Command(
        name = "create",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Make a token and show it, this once.",
        footer = {
            "",
            "Examples:",
            "  rollcall token create --identity orders --policy orders --ttl 720h",
            "  export ROLLCALL_TOKEN=$(rollcall token create --identity ci --policy deploy --output json | jq -r .token)"
        })
final class TokenCreateCommand extends ClientCommand {

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            required = true,
            description = "Who acts with it, and owns what it registers; several tokens may have one.")
    private String identity = "";

    @Option(names = "--policy", paramLabel = "NAME", description = "A policy of its. Repeats.")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "DURATION", description = "How long it holds. Default: for ever.")
    private Duration ttl = Duration.ZERO;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    TokenCreateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        ObjectNode order = Json.mapper().createObjectNode();
        order.put("identity", identity);
        order.put("description", description);
        ArrayNode names = order.putArray("policies");
        policies.forEach(names::add);
        order.put("ttl", Durations.format(ttl));
        return report.print(client.access().createToken(order), done -> printIssued(report, done.value()));
    }

    /** The token alone on a line of standard output: what else there is to say must not get into a variable. */
    static void printIssued(Report report, JsonNode issued) {
        report.out().println(issued.path("token").asText());
        report.hint(
                "It is shown this once; it acts as " + issued.path("identity").asText() + ", until "
                        + issued.path("expiresAt").asText("it is taken back") + ".");
        for (JsonNode unknown : issued.path("unknownPolicies")) {
            report.hint("There is no policy " + unknown.asText() + " yet: it allows nothing.");
        }
    }
}
