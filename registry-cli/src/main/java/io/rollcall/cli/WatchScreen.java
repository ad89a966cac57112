package io.rollcall.cli;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.watch.InstanceChange;
import io.rollcall.client.watch.WatchEvent;
import io.rollcall.client.watch.WatchedServices;
import java.io.PrintWriter;
import java.net.URI;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table of the present instances that is drawn anew when something has changed, with the latest changes below it. */
final class WatchScreen extends WatchView {

    private static final String HOME = "\033[H";
    private static final String CLEAR = "\033[2J";
    private static final String TO_END_OF_LINE = "\033[K";
    private static final String TO_END_OF_SCREEN = "\033[J";

    private static final int RECENT_CHANGES = 5;
    // Heading and empty line, the table's heading, an empty line before the changes, and the line of the cursor.
    private static final int OTHER_ROWS = 5;

    private final PrintWriter out;
    private final Screen screen;
    private final boolean hasColours;
    private final String title;
    private final Supplier<LocalTime> clock;
    private final WatchedServices services = new WatchedServices();

    // Guarded by this.
    private final Deque<ColouredText> recent = new ArrayDeque<>();
    private ColouredText connection = ColouredText.of("connecting");
    private boolean isStale = true;
    private boolean isDrawn;

    WatchScreen(PrintWriter out, Screen screen, boolean hasColours, String title, Supplier<LocalTime> clock) {
        this.out = out;
        this.screen = screen;
        this.hasColours = hasColours;
        this.title = title;
        this.clock = clock;
    }

    @Override
    public synchronized void onEvent(WatchEvent event) {
        boolean isFirst = event instanceof WatchEvent.Snapshot snapshot && services.index(snapshot.service()) == 0;
        List<InstanceChange> changes = isFirst ? List.of() : InstanceChange.of(services, event);
        services.apply(event);
        for (InstanceChange change : changes) {
            recent.addLast(ChangeLines.line(clock.get(), change));
            if (recent.size() > RECENT_CHANGES) {
                recent.removeFirst();
            }
        }
        isStale = true;
    }

    @Override
    synchronized void connected(@Nullable URI server, @Nullable String detail) {
        connection = server == null
                ? ColouredText.of("NO STREAM, trying on: " + detail, Ink.RED)
                : ColouredText.of("on " + server);
        isStale = true;
    }

    @Override
    synchronized void refresh() {
        if (!isStale) {
            return;
        }
        isStale = false;
        StringBuilder text = new StringBuilder(isDrawn ? HOME : CLEAR + HOME);
        isDrawn = true;
        for (ColouredText line : lines()) {
            text.append(line.cut(screen.columns()).shown(hasColours))
                    .append(TO_END_OF_LINE)
                    .append('\n');
        }
        out.print(text.append(TO_END_OF_SCREEN));
        out.flush();
    }

    private List<ColouredText> lines() {
        List<ColouredText> lines = new ArrayList<>();
        lines.add(ColouredText.of(title + "  index " + services.index() + "  ").plus(connection));
        lines.add(ColouredText.EMPTY);
        List<ColouredText> table = table();
        int room = Math.max(1, screen.rows() - OTHER_ROWS - recent.size());
        int shown = table.size() - 1 <= room ? table.size() - 1 : room - 1;
        lines.addAll(table.subList(0, shown + 1));
        if (shown < table.size() - 1) {
            lines.add(ColouredText.of("… and " + (table.size() - 1 - shown) + " more"));
        }
        if (!recent.isEmpty()) {
            lines.add(ColouredText.EMPTY);
            lines.addAll(recent);
        }
        return lines;
    }

    private List<ColouredText> table() {
        Table table = new Table("SERVICE", "ID", "ADDRESS", "STATUS", "VERSION", "ZONE", "WEIGHT");
        for (ServiceKey service : services.services()) {
            for (Instance instance : services.instances(service)) {
                table.row(
                        service.name(),
                        instance.key().id(),
                        InstanceTable.address(instance.registration()),
                        ColouredText.status(instance),
                        instance.registration().version(),
                        instance.registration().zone(),
                        instance.registration().weight());
            }
        }
        if (table.isEmpty()) {
            return List.of(ColouredText.of(services.index() == 0 ? "nothing is known yet" : "no instance"));
        }
        return table.lines();
    }
}
