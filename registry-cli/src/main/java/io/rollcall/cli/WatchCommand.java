package io.rollcall.cli;

import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Watch;
import io.rollcall.client.WatchOptions;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchListener;
import java.net.URI;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what becomes of services until it is stopped. */
@Command(
        name = "watch",
        abbreviateSynopsis = true,
        sortOptions = false,
        description =
                "Show the instances of services, and what becomes of them, until Ctrl-C: a live table on a terminal,"
                        + " else a line for each change. Without a service: all of the namespace.",
        footer = {
            "",
            "The selection is that of discover: what may take traffic, unless --status says otherwise. It goes on by",
            "itself on another node when one fails. + came, ~ changed, - gone or not selected any more.",
            "",
            "Examples:",
            "  rollcall watch",
            "  rollcall watch user-service --status any",
            "  rollcall watch user-service --output json | jq -c .removed",
            "  rollcall watch user-service --events 1 --output json"
        })
final class WatchCommand extends ClientCommand {

    /** How often a screen is drawn at most. */
    private static final long DRAWING_MILLIS = 100;

    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "The services.")
    private List<String> services = List.of();

    @ArgGroup(validate = false, order = 1, heading = "%nSelection:%n")
    private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "What the registry calls this watcher in subscribers and drain. Default: its address.")
    private @Nullable String name;

    @Option(names = "--events", paramLabel = "N", description = "End after so many events. Default: never.")
    private long events;

    WatchCommand(Terminal terminal) {
        super(terminal);
    }

    /** Counts what the view is shown, and says when that is enough. */
    private final class Counted implements WatchListener {
        final WatchView view;
        final CountDownLatch ended = new CountDownLatch(1);
        final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
        private long seen;

        Counted(WatchView view) {
            this.view = view;
        }

        @Override
        public void onEvent(WatchEvent event) {
            if (events > 0 && seen == events) {
                return;
            }
            view.onEvent(event);
            seen++;
            if (seen == events) {
                ended.countDown();
            }
        }

        @Override
        public void onConnected(URI server) {
            view.onConnected(server);
        }

        @Override
        public void onInterrupted(String detail) {
            view.onInterrupted(detail);
        }

        @Override
        public void onRefused(Refusal refused) {
            refusal.set(refused);
            ended.countDown();
        }
    }

    @Override
    int run(RegistryClient client, Report report) {
        List<ServiceKey> keys = services.stream().map(client::service).toList();
        if (events < 0) {
            throw new UsageException("--events must be 1 or more, is " + events);
        }
        Counted listener = new Counted(view());
        try (Watch watch = client.watch(keys, options(), listener)) {
            while (watch.isRunning() && !listener.ended.await(DRAWING_MILLIS, TimeUnit.MILLISECONDS)) {
                listener.view.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.view.refresh();
        Refusal refusal = listener.refusal.get();
        if (refusal != null) {
            return report.print(new Outcome.Refused<Void>(refusal), done -> {});
        }
        return listener.ended.getCount() == 0 ? ExitStatus.OK : ExitStatus.FAILURE;
    }

    private WatchOptions options() {
        try {
            return WatchOptions.healthy().withSelection(selection.selection()).withSubscriber(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--name: " + e.getMessage());
        }
    }

    private WatchView view() {
        if (connection().output() == OutputFormat.JSON) {
            return new WatchJson(terminal());
        }
        Screen screen = terminal().screen();
        return screen == null
                ? new WatchLines(terminal(), WatchCommand::now)
                : new WatchScreen(terminal().out(), screen, terminal().hasColours(), title(), WatchCommand::now);
    }

    private static LocalTime now() {
        return LocalTime.now(ZoneId.systemDefault());
    }

    private String title() {
        String names = services.isEmpty() ? "all services of " + connection().namespace() : String.join(", ", services);
        return selection.isEmpty() ? names : names + " (selected)";
    }
}
