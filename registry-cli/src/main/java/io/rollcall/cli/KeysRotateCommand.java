package io.rollcall.cli;

import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.KeysView;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a new key seal. */
@Command(
        name = "rotate",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = {
            "Have a new key seal secrets from now on, and seal by it what is there, in the background.",
            "",
            "It goes on by itself, over restarts and changes of the leader; the earlier keys go when nothing needs them."
        },
        footer = {"", "Examples:", "  rollcall keys rotate", "  rollcall keys rotate --wait"})
final class KeysRotateCommand extends ClientCommand {

    private static final long LOOK_MILLIS = 500;

    @Option(names = "--wait", description = "Wait until everything is sealed by the new key, telling how far it is.")
    private boolean waits;

    KeysRotateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        Outcome<KeysView> outcome = client.operations().rotateKeys();
        long version =
                outcome instanceof Outcome.Done<KeysView> done ? done.value().version() : Long.MAX_VALUE;
        String told = "";
        // A node that is a little behind tells of the keys before these.
        while (waits
                && outcome instanceof Outcome.Done<KeysView> done
                && (done.value().version() < version || done.value().phase().equals(KeysView.RESEALING))) {
            String progress = KeysStatusCommand.progress(done.value());
            if (!progress.equals(told)) {
                terminal().err().println(progress);
                told = progress;
            }
            if (!pause()) {
                break;
            }
            outcome = client.operations().keys();
        }
        return report.print(outcome, done -> KeysStatusCommand.print(report, done.value()));
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
