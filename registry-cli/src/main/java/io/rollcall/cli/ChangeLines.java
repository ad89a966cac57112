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
    static String line(LocalTime time, InstanceChange change) {
        return TIME_OF_DAY.format(time) + "  " + sign(change) + " "
                + change.key().service().name() + "/" + change.key().id() + "  " + what(change);
    }

    private static String sign(InstanceChange change) {
        return change.before() == null ? "+" : change.after() == null ? "-" : "~";
    }

    private static String what(InstanceChange change) {
        Instance before = change.before();
        Instance after = change.after();
        if (after == null) {
            return "gone, or not selected any more";
        }
        if (before == null) {
            return InstanceTable.address(after.registration()) + "  " + status(after);
        }
        List<String> differences = differences(before, after);
        return differences.isEmpty() ? "changed" : String.join(", ", differences);
    }

    private static String status(Instance instance) {
        return instance.status().wireName() + (instance.suspect() ? " (suspect)" : "");
    }

    private static List<String> differences(Instance before, Instance after) {
        List<String> differences = new ArrayList<>();
        if (!status(before).equals(status(after))) {
            String reason = after.statusReason().isEmpty() ? "" : ": " + after.statusReason();
            differences.add(status(before) + " -> " + status(after) + reason);
        }
        if (before.incarnation() != after.incarnation()) {
            differences.add("registered again");
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

    private static void add(List<String> differences, String what, String before, String after) {
        if (!before.equals(after)) {
            differences.add(what + (before.isEmpty() ? "none" : before) + " -> " + (after.isEmpty() ? "none" : after));
        }
    }
}
