package io.rollcall.cli;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.ContentType;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.ConfigPreview;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a key a value. */
@Command(
        name = "put",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Give a key a value, at most 512 KiB. Each is a new version of the key.",
        footer = {
            "",
            "Examples:",
            "  rollcall config put orders/db.url jdbc:postgresql://db/orders",
            "  rollcall config put orders/limits.json --from limits.json --if-match 42",
            "  pwgen 32 1 | rollcall config put orders/db.password --from - --secret"
        })
final class ConfigPutCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "The value, as text.")
    private @Nullable String value;

    @Option(names = "--from", paramLabel = "FILE", description = "Take the value from this file; - is standard input.")
    private @Nullable String from;

    @Option(
            names = "--content-type",
            paramLabel = "TYPE",
            description = "What the value is. Default: by the name of the file or the key, else text or bytes.")
    private @Nullable String contentType;

    @Option(names = "--secret", description = "Keep the value from reads that do not ask to reveal it.")
    private boolean secret;

    @Option(names = "--new", description = "Only if the key is not there.")
    private boolean onlyNew;

    @ArgGroup(validate = false, order = 1, heading = "%nWriting:%n")
    private WritingOptions writing = new WritingOptions();

    ConfigPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (onlyNew && (writing.hasCondition() || writing.dryRun())) {
            throw new UsageException("give --new alone, without --if-match or --dry-run");
        }
        ConfigClient config = client.config();
        ConfigKey wanted = config.key(key);
        ConfigValue given = given();
        ContentType type = contentType == null ? ConfigText.typeOf(name(), given) : new ContentType(contentType);
        WriteOptions options = writing.options();
        if (writing.dryRun()) {
            return report.print(
                    config.previewPut(wanted, type, given, secret, options),
                    done -> printPreview(report, done.value()));
        }
        Outcome<ConfigEntry> outcome = onlyNew
                ? config.putNew(wanted, type, given, secret, options)
                : config.put(wanted, type, given, secret, options);
        return report.print(outcome, done -> printStored(report, "put", done.value()));
    }

    private String name() {
        return from == null || from.equals("-") ? key : from;
    }

    private ConfigValue given() {
        if ((value == null) == (from == null)) {
            throw new UsageException("give either VALUE or --from FILE");
        }
        if (value != null) {
            return ConfigText.value(value);
        }
        String source = String.valueOf(from);
        try (InputStream file = source.equals("-") ? terminal().in() : Files.newInputStream(Path.of(source))) {
            return ConfigValue.of(file.readNBytes(ConfigValue.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UsageException("cannot read " + source + ": " + e.getMessage());
        }
    }

    static void printStored(Report report, String what, ConfigEntry entry) {
        report.out()
                .printf(
                        "%s %s, version %d, %d bytes, index %d%n",
                        what, entry.key().path(), entry.version(), entry.size(), entry.modifyIndex());
    }

    static void printPreview(Report report, ConfigPreview preview) {
        ConfigEntry after = preview.after();
        ConfigEntry before = preview.before();
        String was = before == null ? "it is not there" : "it is version " + before.version();
        if (after == null) {
            report.out().printf("dry run: would delete it, %s%n", was);
        } else {
            report.out()
                    .printf(
                            "dry run: would put %s, version %d, %d bytes; %s%n",
                            after.key().path(), after.version(), after.size(), was);
        }
    }
}
