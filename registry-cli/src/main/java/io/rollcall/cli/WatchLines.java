package io.rollcall.cli;

import io.rollcall.client.watch.InstanceChange;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchedServices;
import java.net.URI;
import java.time.LocalTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Each change of an instance as one line, for output that is no terminal. */
final class WatchLines extends WatchView {

    private final Terminal terminal;
    private final Supplier<LocalTime> clock;
    private final WatchedServices services = new WatchedServices();

    WatchLines(Terminal terminal, Supplier<LocalTime> clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void onEvent(WatchEvent event) {
        for (InstanceChange change : InstanceChange.of(services, event)) {
            terminal.show(ChangeLines.line(clock.get(), change));
        }
        services.apply(event);
    }

    @Override
    void connected(@Nullable URI server, @Nullable String detail) {
        if (server == null) {
            terminal.err().println("rollcall: no stream, trying on: " + detail);
        } else {
            terminal.err().println("rollcall: watching on " + server);
        }
    }
}
