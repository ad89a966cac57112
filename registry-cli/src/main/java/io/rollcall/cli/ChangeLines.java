package io.rollcall.cli;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Registration;
import io.rollcall.client.watch.InstanceChange;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Changes of instances for people: one line each. */
final class ChangeLines {

    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss");

    private ChangeLines() {}

    /** Such as {@code 12:03:05  ~ orders/o-1  passing -> critical: 503 in 12 ms}. */
    static ColouredText line(LocalTime time, InstanceChange change) {
        return ColouredText.of(TIME_OF_DAY.format(time) + "  ")
                .plus(sign(change))
                .plus(" " + change.key().service().name() + "/" + change.key().id() + "  ")
                .plus(what(change));
    }

    private static ColouredText sign(InstanceChange change) {
        if (change.before() == null) {
            return ColouredText.of("+", Ink.GREEN);
        }
        return change.after() == null ? ColouredText.of("-", Ink.RED) : ColouredText.of("~", Ink.YELLOW);
    }

    private static ColouredText what(InstanceChange change) {
        Instance before = change.before();
        Instance after = change.after();
        if (after == null) {
            return ColouredText.of("gone, or not selected any more");
        }
        if (before == null) {
            return ColouredText.of(InstanceTable.address(after.registration()) + "  ")
                    .plus(ColouredText.status(after));
        }
        List<ColouredText> differences = differences(before, after);
        return differences.isEmpty() ? ColouredText.of("changed") : ColouredText.joined(", ", differences);
    }

    private static List<ColouredText> differences(Instance before, Instance after) {
        List<ColouredText> differences = new ArrayList<>();
        if (before.status() != after.status() || before.suspect() != after.suspect()) {
            differences.add(ColouredText.status(before)
                    .plus(" -> ")
                    .plus(ColouredText.status(after))
                    .plus(after.statusReason().isEmpty() ? "" : ": " + after.statusReason()));
        }
        if (before.incarnation() != after.incarnation()) {
            differences.add(ColouredText.of("registered again"));
        }
        Registration old = before.registration();
        Registration now = after.registration();
        add(differences, "", InstanceTable.address(old), InstanceTable.address(now));
        add(differences, "version ", old.version(), now.version());
        add(differences, "zone ", old.zone(), now.zone());
        add(differences, "weight ", Integer.toString(old.weight()), Integer.toString(now.weight()));
        add(differences, "tags ", old.tags().toString(), now.tags().toString());
        return differences;
    }

    private static void add(List<ColouredText> differences, String what, String before, String after) {
        if (!before.equals(after)) {
            differences.add(ColouredText.of(
                    what + (before.isEmpty() ? "none" : before) + " -> " + (after.isEmpty() ? "none" : after)));
        }
    }
}
