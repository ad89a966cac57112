package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes or replaces a policy. */
@Command(
        name = "put",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Make a policy, or replace it whole: what is not given is not allowed.",
        footer = {
            "",
            "Examples:",
            "  rollcall policy put orders --service-write orders --service-read '*' --config-read 'orders/*'",
            "  rollcall policy put operators --operator write",
            "  rollcall policy put orders --from orders.json"
        })
final class PolicyPutCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The policy.")
    private String name = "";

    @Option(names = "--from", paramLabel = "FILE", description = "Take the policy from this JSON; - is standard input.")
    private @Nullable String from;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Option(
            names = "--within",
            paramLabel = "NAMESPACE",
            description = "The namespace that the rules with names are for. Default: all.")
    private @Nullable String within;

    @Option(
            names = "--service-read",
            paramLabel = "NAME",
            description = "Services that may be read; NAME* for all that begin so. Repeats.")
    private List<String> serviceRead = new ArrayList<>();

    @Option(
            names = "--service-write",
            paramLabel = "NAME",
            description = "Services that may be changed; NAME* for all that begin so. Repeats.")
    private List<String> serviceWrite = new ArrayList<>();

    @Option(
            names = "--service-deny",
            paramLabel = "NAME",
            description = "Services of which nothing is allowed; NAME* for all that begin so. Repeats.")
    private List<String> serviceDeny = new ArrayList<>();

    @Option(
            names = "--config-read",
            paramLabel = "NAME",
            description = "Configuration keys that may be read; NAME* for all that begin so. Repeats.")
    private List<String> configRead = new ArrayList<>();

    @Option(
            names = "--config-write",
            paramLabel = "NAME",
            description = "Configuration keys that may be changed; NAME* for all that begin so. Repeats.")
    private List<String> configWrite = new ArrayList<>();

    @Option(
            names = "--config-deny",
            paramLabel = "NAME",
            description = "Configuration keys of which nothing is allowed; NAME* for all that begin so. Repeats.")
    private List<String> configDeny = new ArrayList<>();

    @Option(
            names = "--secret-read",
            paramLabel = "NAME",
            description = "Secret keys that may be revealed; NAME* for all that begin so. Repeats.")
    private List<String> secretRead = new ArrayList<>();

    @Option(
            names = "--secret-deny",
            paramLabel = "NAME",
            description = "Secret keys of which nothing is allowed; NAME* for all that begin so. Repeats.")
    private List<String> secretDeny = new ArrayList<>();

    @Option(
            names = "--operator",
            paramLabel = "LEVEL",
            description = "Cluster, limits, and what others own: read, write or deny.")
    private @Nullable String operator;

    @Option(
            names = "--acl",
            paramLabel = "LEVEL",
            description = "Tokens and policies; who may change them may do everything: read, write or deny.")
    private @Nullable String acl;

    @Option(
            names = "--keys",
            paramLabel = "LEVEL",
            description = "Keys of the encryption at rest: read, write or deny.")
    private @Nullable String keys;

    @Option(names = "--if-match", paramLabel = "INDEX", description = "Only if its modify index is this one.")
    private @Nullable String ifMatch;

    PolicyPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (from != null && hasRules()) {
            throw new UsageException("give either --from FILE or rules");
        }
        WriteOptions options = WriteOptions.none().withIfMatch(WritingOptions.checkedIfMatch(ifMatch));
        JsonNode policy = from == null ? ofOptions() : ofFile(from);
        return report.print(client.access().putPolicy(name, policy, options), done -> {
            report.out().printf("put policy %s, index %d%n", name, done.index());
            PolicyGetCommand.print(report, done.value());
        });
    }

    private boolean hasRules() {
        return !ofOptions().path("rules").isEmpty();
    }

    private ObjectNode ofOptions() {
        ObjectNode policy = Json.mapper().createObjectNode();
        policy.put("description", description);
        ArrayNode rules = policy.putArray("rules");
        add(rules, "service", "read", serviceRead);
        add(rules, "service", "write", serviceWrite);
        add(rules, "service", "deny", serviceDeny);
        add(rules, "config", "read", configRead);
        add(rules, "config", "write", configWrite);
        add(rules, "config", "deny", configDeny);
        add(rules, "secret", "read", secretRead);
        add(rules, "secret", "deny", secretDeny);
        add(rules, "operator", operator);
        add(rules, "acl", acl);
        add(rules, "keys", keys);
        return policy;
    }

    private void add(ArrayNode rules, String resource, String level, List<String> patterns) {
        for (String pattern : patterns) {
            ObjectNode rule = rules.addObject().put("resource", resource).put("level", level);
            if (within != null) {
                rule.put("namespace", within);
            }
            if (pattern.endsWith("*")) {
                rule.put("prefix", pattern.substring(0, pattern.length() - 1));
            } else {
                rule.put("name", pattern);
            }
        }
    }

    private static void add(ArrayNode rules, String resource, @Nullable String level) {
        if (level != null) {
            rules.addObject().put("resource", resource).put("level", level);
        }
    }

    private JsonNode ofFile(String source) {
        try (InputStream file = source.equals("-") ? terminal().in() : Files.newInputStream(Path.of(source))) {
            return Json.mapper().readTree(file);
        } catch (IOException e) {
            throw new UsageException("cannot read " + source + ": " + e.getMessage());
        }
    }
}
