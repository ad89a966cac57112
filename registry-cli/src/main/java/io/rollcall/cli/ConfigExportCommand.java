package io.rollcall.cli;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ConfigPage.Listed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes configuration to a file or a folder. */
@Command(
        name = "export",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Write the keys that begin alike, with their values, to a JSON file or to a folder of files.",
        footer = {
            "",
            "Secrets are left out unless --reveal is given.",
            "",
            "Examples:",
            "  rollcall config export > config.json",
            "  rollcall config export orders/ --to config/",
            "  rollcall config import config/ --dry-run"
        })
final class ConfigExportCommand extends ClientCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "What the keys begin with. Default: all keys.")
    private String prefix = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "A file, or a folder if it is one or ends with a slash. Default: standard output.")
    private String to = "-";

    @Option(names = "--reveal", description = "Write secrets, too: in the clear.")
    private boolean reveal;

    ConfigExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        ConfigListing.Ended ended = ConfigListing.values(client.config(), prefix, reveal);
        if (ended.failure() != null) {
            return report.print(ended.failure(), done -> {});
        }
        ConfigListing listing = ended.listing();
        List<ConfigArchive.Item> items = new ArrayList<>();
        if (listing != null) {
            listing.keys().values().forEach(listed -> add(listed, items));
        }
        int secrets = listing == null ? 0 : listing.keys().size() - items.size();
        write(items);
        if (!to.equals("-")) {
            terminal().out().printf("exported %s to %s%n", ConfigText.quantity(items.size(), "key"), to);
        }
        if (secrets > 0) {
            terminal()
                    .err()
                    .printf("rollcall: %s left out; --reveal writes them%n", ConfigText.quantity(secrets, "secret"));
        }
        return ExitStatus.OK;
    }

    private static void add(Listed listed, List<ConfigArchive.Item> items) {
        ConfigEntry entry = listed.entry();
        @Nullable ConfigValue value = listed.value();
        if (value != null) {
            items.add(new ConfigArchive.Item(entry.key().path(), entry.contentType(), entry.secret(), value));
        }
    }

    private void write(List<ConfigArchive.Item> items) {
        try {
            ConfigArchive.at(to, terminal()).write(items);
        } catch (IOException e) {
            throw new UsageException("cannot export to " + to + ": " + e.getMessage());
        }
    }
}
