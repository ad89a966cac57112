package io.rollcall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceName;
import io.rollcall.api.wire.RegistrationReader;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.WritePreview;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers one instance. */
@Command(
        name = "register",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Register an instance, or replace the one with its id.",
        footer = {
            "",
            "Fields come from --json, from options, or from both: an option wins.",
            "",
            "Examples:",
            "  rollcall register user-service user-service-001 --host 10.0.0.7 --port 8080 --tag environment=production",
            "  rollcall register user-service user-service-001 --host 10.0.0.7 --port 8080 --check-endpoint /health",
            "  rollcall register --json instance.json --dry-run",
            "  rollcall discover user-service -o json | jq '.instances[0] | .weight = 10' | rollcall register --json -"
        })
final class RegisterCommand extends ClientCommand {

    /** As much as the registry takes in one body. */
    static final int MAX_JSON_BYTES = 1024 * 1024;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "The service, unless --json names it.")
    private @Nullable String service;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The instance, unless --json names it.")
    private @Nullable String id;

    @ArgGroup(validate = false, order = 2, heading = "%nThe instance:%n")
    private RegistrationOptions fields = new RegistrationOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "An instance as JSON; - reads standard input.")
    private @Nullable String jsonFile;

    @Option(names = "--new", description = "Only if the id is not taken.")
    private boolean onlyNew;

    @Option(names = "--takeover", description = "Also if a live instance at another address has the id.")
    private boolean takeover;

    @ArgGroup(validate = false, order = 1, heading = "%nWriting:%n")
    private WritingOptions writing = new WritingOptions();

    RegisterCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (onlyNew && (takeover || writing.hasCondition())) {
            throw new UsageException("--new goes neither with --takeover nor with --if-match");
        }
        Registration registration = registration();
        WriteOptions options = takeover ? writing.options().withTakeover() : writing.options();
        if (writing.dryRun()) {
            Outcome<WritePreview> preview = client.previewRegister(registration, onlyNew, options);
            return report.print(preview, done -> report.out().println(describe(registration, done.value())));
        }
        Outcome<Instance> outcome =
                onlyNew ? client.registerNew(registration, options) : client.register(registration, options);
        return report.print(outcome, done -> {
            Instance instance = done.value();
            report.out()
                    .printf(
                            "registered %s/%s at %s: %s, incarnation %d, index %d%n",
                            instance.key().service().name(),
                            instance.key().id(),
                            InstanceTable.address(instance.registration()),
                            instance.status().wireName(),
                            instance.incarnation(),
                            done.index());
        });
    }

    private static String describe(Registration registration, WritePreview preview) {
        String what = !preview.wouldChange() ? "change nothing" : preview.before() == null ? "register" : "replace";
        return "dry run: would " + what + (preview.wouldChange() ? " " : " about ")
                + registration.key().service().name() + "/" + registration.key().id() + " at "
                + InstanceTable.address(registration);
    }

    private Registration registration() {
        ObjectNode body = jsonFile == null ? Json.mapper().createObjectNode() : read(jsonFile);
        fields.addTo(body);
        return RegistrationReader.read(
                body,
                connection().namespace(),
                service == null ? null : new ServiceName(service),
                id == null ? null : new InstanceId(id));
    }

    private ObjectNode read(String file) {
        byte[] bytes = bytes(file);
        if (bytes.length > MAX_JSON_BYTES) {
            throw new UsageException("--json " + file + " is over " + MAX_JSON_BYTES + " bytes");
        }
        JsonNode json;
        try {
            json = Json.mapper().readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new UsageException("--json " + file + " is not JSON: " + e.getOriginalMessage() + " at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UsageException("--json " + file + " cannot be read: " + e.getMessage());
        }
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new UsageException("--json " + file + " holds no JSON object");
    }

    private byte[] bytes(String file) {
        try (InputStream input = file.equals("-") ? terminal().in() : Files.newInputStream(Path.of(file))) {
            return input.readNBytes(MAX_JSON_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new UsageException("--json " + file + " does not exist");
        } catch (IOException e) {
            throw new UsageException("--json " + file + " cannot be read: " + e.getMessage());
        }
    }
}
