package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.client.RegistryClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints one token. */
@Command(
        name = "show",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print one token, without its secret.",
        footer = {"", "Examples:", "  rollcall token show 7f3a90c1d2e4b5a67081"})
final class TokenShowCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The token's id: what stands before the dot.")
    private String id = "";

    TokenShowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.access().token(id), done -> print(report, done.value()));
    }

    private static void print(Report report, JsonNode token) {
        report.out().printf("id           %s%n", token.path("id").asText());
        report.out().printf("identity     %s%n", token.path("identity").asText());
        report.out().printf("policies     %s%n", names(token.path("policies")));
        report.out().printf("created      %s%n", token.path("createdAt").asText());
        report.out().printf("expires      %s%n", token.path("expiresAt").asText("never"));
        report.out().printf("description  %s%n", token.path("description").asText());
    }

    static String names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return String.join(", ", names);
    }
}
