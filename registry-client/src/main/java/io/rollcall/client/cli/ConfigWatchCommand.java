package io.rollcall.client.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.wire.ConfigJson;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ConfigPage;
import io.rollcall.client.answer.ConfigPage.Listed;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints changes of configuration as they come. */
@Command(
        name = "watch",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print changes of the keys that begin alike as they come, until it is ended.",
        footer = {
            "",
            "It goes on over failing nodes. Changes that come faster than they are told are merged: the newest is told.",
            "With --output json each line is one JSON object.",
            "",
            "Examples:",
            "  rollcall config watch orders/",
            "  rollcall config watch orders/db.url --once && systemctl reload orders"
        })
final class ConfigWatchCommand extends ClientCommand {

    private static final Duration WAIT = Duration.ofMinutes(5);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "What the keys begin with. Default: all keys.")
    private String prefix = "";

    @Option(names = "--once", description = "End after the first change.")
    private boolean once;

    ConfigWatchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        ConfigClient config = client.config();
        ConfigListing known = null;
        while (!Thread.currentThread().isInterrupted()) {
            ConfigListing.Ended ended = next(config, known);
            ConfigListing found = ended.listing();
            if (found == null) {
                if (ended.failure() == null || isFinal(ended.failure(), report)) {
                    return ExitStatus.FAILURE;
                }
                continue;
            }
            int changes = known == null ? begin(found) : tell(known.keys(), found.keys());
            if (once && known != null && changes > 0) {
                return ExitStatus.OK;
            }
            known = found;
        }
        return ExitStatus.FAILURE;
    }

    private ConfigListing.Ended next(ConfigClient config, @Nullable ConfigListing known) {
        ConfigListing.Reader plain = options -> config.list(prefix, options);
        return known == null
                ? ConfigListing.from(0, plain, plain)
                : ConfigListing.from(
                        known.applied(), options -> config.awaitChange(prefix, known.index(), WAIT, options), plain);
    }

    /** A registry that cannot be reached now may be later; a refusal stays one. */
    private static boolean isFinal(Outcome<ConfigPage> failure, Report report) {
        report.print(failure, done -> {});
        return failure instanceof Outcome.Refused<ConfigPage> refused
                && refused.refusal().status() < 500;
    }

    private int begin(ConfigListing found) {
        if (connection().output() == OutputFormat.JSON) {
            line(json -> {
                json.writeStringField("event", "snapshot");
                json.writeNumberField("index", found.index());
                json.writeArrayFieldStart("keys");
                for (Listed listed : found.keys().values()) {
                    ConfigJson.write(json, listed.entry());
                }
                json.writeEndArray();
            });
        } else {
            terminal()
                    .out()
                    .printf(
                            "watching %s%s (index %d)%n",
                            ConfigText.quantity(found.keys().size(), "key"),
                            prefix.isEmpty() ? "" : " that begin with " + prefix,
                            found.index());
        }
        return 0;
    }

    private int tell(SortedMap<String, Listed> before, SortedMap<String, Listed> after) {
        int changes = 0;
        SortedMap<String, Listed> gone = new TreeMap<>(before);
        for (Listed listed : after.values()) {
            ConfigEntry entry = listed.entry();
            Listed known = gone.remove(entry.key().path());
            if (known == null || known.entry().modifyIndex() < entry.modifyIndex()) {
                changed(entry);
                changes++;
            }
        }
        for (String path : gone.keySet()) {
            removed(path);
            changes++;
        }
        return changes;
    }

    private void changed(ConfigEntry entry) {
        if (connection().output() == OutputFormat.JSON) {
            line(json -> {
                json.writeStringField("event", "change");
                ConfigJson.writeFields(json, entry);
            });
        } else {
            terminal()
                    .out()
                    .printf(
                            "%s  %s  version %d, %d bytes%s (index %d)%n",
                            InstanceJson.time(entry.modifiedAt()),
                            entry.key().path(),
                            entry.version(),
                            entry.size(),
                            entry.secret() ? ", secret" : "",
                            entry.modifyIndex());
        }
    }

    private void removed(String path) {
        if (connection().output() == OutputFormat.JSON) {
            line(json -> {
                json.writeStringField("event", "removal");
                json.writeStringField("namespace", connection().namespace().value());
                json.writeStringField("key", path);
            });
        } else {
            terminal().out().printf("%s  deleted%n", path);
        }
    }

    private interface Line {
        void write(JsonGenerator json) throws IOException;
    }

    private void line(Line line) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            json.writeStartObject();
            line.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        terminal().out().println(text);
    }
}
