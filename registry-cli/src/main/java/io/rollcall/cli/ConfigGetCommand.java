package io.rollcall.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ConfigContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints one value. */
@Command(
        name = "get",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print a value as it was given, or write it to a file.",
        footer = {
            "",
            "Examples:",
            "  rollcall config get orders/db.url",
            "  rollcall config get orders/db.url --version 3",
            "  rollcall config get orders/keystore.p12 --to keystore.p12"
        })
final class ConfigGetCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(names = "--version", paramLabel = "N", description = "An earlier version, also of a deleted key.")
    private long version;

    @Option(names = "--reveal", description = "Show it even if it is secret.")
    private boolean reveal;

    @Option(names = "--to", paramLabel = "FILE", description = "Write the bytes to this file.")
    private @Nullable Path to;

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private FreshnessOptions reading = new FreshnessOptions();

    ConfigGetCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (version < 0) {
            throw new UsageException("--version must be 1 or more, is " + version);
        }
        ConfigClient config = client.config();
        ConfigKey wanted = config.key(key);
        Outcome<ConfigContent> outcome = version == 0
                ? config.get(wanted, reveal, reading.options())
                : config.version(wanted, version, reveal, reading.options());
        if (!(outcome instanceof Outcome.Done<ConfigContent> done)) {
            return report.print(outcome, content -> {});
        }
        return to == null ? print(done.value()) : write(done.value(), to);
    }

    private int print(ConfigContent content) {
        Optional<String> text = ConfigText.of(content.value());
        if (connection().output() == OutputFormat.JSON) {
            ObjectNode json = Json.mapper().createObjectNode();
            json.put("namespace", content.key().namespace().value());
            json.put("key", content.key().path());
            json.put("version", content.version());
            json.put("modifyIndex", content.modifyIndex());
            json.put("contentType", content.contentType().value());
            json.put("size", content.value().size());
            ConfigText.put(json, content.value());
            terminal().out().println(json.toPrettyString());
            return ExitStatus.OK;
        }
        if (text.isEmpty()) {
            terminal()
                    .err()
                    .println("rollcall: " + content.value().size() + " bytes that are no text (" + content.contentType()
                            + "); write them to a file with --to FILE");
            return ExitStatus.FAILURE;
        }
        terminal().out().print(text.get());
        terminal().out().flush();
        return ExitStatus.OK;
    }

    private int write(ConfigContent content, Path file) {
        try {
            Files.write(file, content.value().bytes());
        } catch (IOException e) {
            throw new UsageException("cannot write " + file + ": " + e.getMessage());
        }
        terminal()
                .out()
                .printf(
                        "wrote %s, version %d, %d bytes to %s%n",
                        content.key().path(), content.version(), content.value().size(), file);
        return ExitStatus.OK;
    }
}
