package io.rollcall.cli;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.KeysView;
import java.util.Objects;
import picocli.CommandLine.Command;

/** Prints how the keys stand. */
@Command(
        name = "status",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print how the keys stand that secrets are sealed with: their ids, never what they are.",
        footer = {"", "Examples:", "  rollcall keys status"})
final class KeysStatusCommand extends ClientCommand {

    KeysStatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.operations().keys(), done -> print(report, done.value()));
    }

    static void print(Report report, KeysView keys) {
        if (!keys.sealed()) {
            report.out().println("nothing is sealed: the nodes were started without --encryption-keyset");
            return;
        }
        report.out()
                .printf(
                        "key %d seals since %s, under master key %s (version %d)%n",
                        keys.primaryKey(),
                        Objects.requireNonNullElse(keys.changedAt(), "?"),
                        keys.masterKey(),
                        keys.version());
        report.out().println(progress(keys));
    }

    /** One line on how far it is. */
    static String progress(KeysView keys) {
        return switch (keys.phase()) {
            case KeysView.RESEALING ->
                "sealing what is there by it: %d of about %d records".formatted(keys.done(), keys.total());
            case KeysView.SETTLED -> "everything is sealed by it, and no other key is kept";
            default ->
                "everything is sealed by it; %d keys stay until requests of the last 10 minutes are forgotten"
                        .formatted(keys.keys().size());
        };
    }
}
