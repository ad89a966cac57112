package io.rollcall.cli;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Watch;
import io.rollcall.client.WatchOptions;
import io.rollcall.client.answer.Refusal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints changes of configuration as they come. */
@Command(
        name = "watch",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print each change of the keys that begin alike as it comes, until it is ended.",
        footer = {
            "",
            "It goes on over failing nodes, and tells each change once. Values are not shown: get has them.",
            "With --output json each line is one JSON object.",
            "",
            "Examples:",
            "  rollcall config watch orders/",
            "  rollcall config watch orders/db.url --once && systemctl reload orders"
        })
final class ConfigWatchCommand extends ClientCommand {

    /** How often it is looked whether the watch still runs. */
    private static final long LOOK_MILLIS = 500;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "What the keys begin with. Default: all keys.")
    private String prefix = "";

    @Option(names = "--once", description = "End after the first change.")
    private boolean once;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "What the registry calls this watcher. Default: its address.")
    private @Nullable String name;

    ConfigWatchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        boolean isJson = connection().output() == OutputFormat.JSON;
        ConfigWatchView view = new ConfigWatchView(terminal(), ConfigKey.requirePrefix("PREFIX", prefix), isJson, once);
        try (Watch watch = client.config().watch(prefix, options(), view)) {
            boolean isRunning = true;
            while (isRunning && !view.ended().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                isRunning = watch.isRunning();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Refusal refusal = view.refusal();
        if (refusal != null) {
            return report.print(new Outcome.Refused<Void>(refusal), done -> {});
        }
        return view.ended().getCount() == 0 ? ExitStatus.OK : ExitStatus.FAILURE;
    }

    private WatchOptions options() {
        try {
            return WatchOptions.healthy().withSubscriber(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--name: " + e.getMessage());
        }
    }
}
