package io.rollcall.cli;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.ConfigPage.Listed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings configuration from a file or a folder into the registry. */
@Command(
        name = "import",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Bring configuration from a JSON file or a folder into the registry: show what would change, ask,"
                + " then change it.",
        footer = {
            "",
            "A key that somebody else changes between the showing and the changing stays, and the import ends there.",
            "",
            "Examples:",
            "  rollcall config import config.json",
            "  rollcall config import config/ --prefix orders/ --delete --dry-run",
            "  rollcall config import config/ --yes"
        })
final class ConfigImportCommand extends ClientCommand {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "What export wrote: a file, a folder, or - for standard input.")
    private String from = "";

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Only keys that begin with it; others are passed over.")
    private String prefix = "";

    @Option(names = "--delete", description = "Delete keys that begin with the prefix and are not in FILE.")
    private boolean deleting;

    @Option(names = "--reveal", description = "Compare secrets, too. Without it they are written anew.")
    private boolean reveal;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean confirmed;

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    ConfigImportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if ((from.equals("-") || isJson()) && !confirmed && !dryRun) {
            throw new UsageException((isJson() ? "with --output json" : "with FILE -")
                    + " nobody can be asked: give --yes or --dry-run");
        }
        ConfigClient config = client.config();
        List<ConfigArchive.Item> items = items();
        // As a prefix and as keys they are checked before anything is written.
        items.forEach(item -> config.key(item.path()));
        ConfigListing.Ended ended = ConfigListing.values(config, prefix, reveal);
        ConfigListing present = ended.listing();
        if (present == null) {
            return ended.failure() == null ? ExitStatus.FAILURE : report.print(ended.failure(), done -> {});
        }
        ConfigDiff diff = ConfigDiff.of(present.keys(), items, deleting);
        if (!isJson()) {
            diff.print(terminal());
        }
        if (diff.changes().isEmpty() || dryRun) {
            printMade(diff, 0);
            return ExitStatus.OK;
        }
        if (!confirmed && !isConfirmed(diff.changes().size())) {
            terminal().err().println("rollcall: nothing was changed");
            return ExitStatus.FAILURE;
        }
        return apply(config, diff, report);
    }

    private List<ConfigArchive.Item> items() {
        try {
            return ConfigArchive.at(from, terminal()).read().stream()
                    .filter(item -> item.path().startsWith(prefix))
                    .sorted(Comparator.comparing(ConfigArchive.Item::path))
                    .toList();
        } catch (IOException e) {
            throw new UsageException("cannot import " + from + ": " + e.getMessage());
        }
    }

    private boolean isConfirmed(int changes) {
        terminal()
                .out()
                .printf(
                        "Make %s in namespace %s? [y/N] ",
                        changes == 1 ? "this change" : "these " + changes + " changes",
                        connection().namespace());
        terminal().out().flush();
        try {
            String answer =
                    new BufferedReader(new InputStreamReader(terminal().in(), StandardCharsets.UTF_8)).readLine();
            return answer != null
                    && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
        } catch (IOException e) {
            return false;
        }
    }

    private int apply(ConfigClient config, ConfigDiff diff, Report report) {
        int made = 0;
        for (ConfigDiff.Change change : diff.changes()) {
            Outcome<?> outcome = change(config, change);
            if (!(outcome instanceof Outcome.Done<?>)) {
                int status = report.print(outcome, done -> {});
                if (!isJson()) {
                    terminal()
                            .err()
                            .printf(
                                    "rollcall: ended at %s, after %d of %d changes; import again to see the rest%n",
                                    change.path(), made, diff.changes().size());
                }
                printMade(diff, made);
                return status;
            }
            made++;
        }
        if (!isJson()) {
            terminal().out().printf("imported: %s made%n", ConfigText.quantity(made, "change"));
        }
        printMade(diff, made);
        return ExitStatus.OK;
    }

    private boolean isJson() {
        return connection().output() == OutputFormat.JSON;
    }

    /** For programs, in one object at the end. */
    private void printMade(ConfigDiff diff, int made) {
        if (isJson()) {
            terminal().out().println(diff.json(made).toPrettyString());
        }
    }

    /** Each change is made to what was shown, and to nothing else. */
    private static Outcome<?> change(ConfigClient config, ConfigDiff.Change change) {
        ConfigKey key = config.key(change.path());
        Listed before = change.before();
        ConfigArchive.Item after = change.after();
        WriteOptions options = before == null
                ? WriteOptions.none()
                : WriteOptions.none().withIfMatch(Long.toString(before.entry().modifyIndex()));
        if (after == null) {
            return config.delete(key, options);
        }
        return before == null
                ? config.putNew(key, after.contentType(), after.value(), after.secret(), options)
                : config.put(key, after.contentType(), after.value(), after.secret(), options);
    }
}
