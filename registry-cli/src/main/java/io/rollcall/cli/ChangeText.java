package io.rollcall.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is different of an instance after a change, in a few words. */
final class ChangeText {

    private static final int MAX_WIDTH = 100;

    private ChangeText() {}

    static String of(@Nullable Instance before, @Nullable Instance after) {
        String text = describe(before, after);
        return text.length() <= MAX_WIDTH ? text : text.substring(0, MAX_WIDTH - 1) + "…";
    }

    private static String describe(@Nullable Instance before, @Nullable Instance after) {
        if (after == null) {
            return before == null ? "" : "was " + standing(before);
        }
        if (before == null) {
            return standing(after) + " at " + InstanceTable.address(after.registration());
        }
        List<String> parts = new ArrayList<>();
        if (before.status() != after.status()) {
            parts.add(before.status().wireName() + " -> " + standing(after));
        } else if (!before.statusReason().equals(after.statusReason())) {
            parts.add(standing(after));
        }
        if (before.suspect() != after.suspect()) {
            parts.add(after.suspect() ? "suspect" : "no longer suspect");
        }
        addRegistration(parts, before.registration(), after.registration());
        return parts.isEmpty() ? "the same again" : String.join(", ", parts);
    }

    private static void addRegistration(List<String> parts, Registration before, Registration after) {
        add(parts, "", InstanceTable.address(before), InstanceTable.address(after));
        add(parts, "version ", before.version(), after.version());
        add(parts, "zone ", before.zone(), after.zone());
        add(parts, "weight ", before.weight(), after.weight());
        add(parts, "ttl ", Durations.format(before.ttl()), Durations.format(after.ttl()));
        addIf(parts, "tags", !before.tags().equals(after.tags()));
        addIf(parts, "metadata", !before.metadata().equals(after.metadata()));
        addIf(parts, "health check", !Objects.equals(before.healthCheck(), after.healthCheck()));
    }

    private static void add(List<String> parts, String what, Object before, Object after) {
        if (!before.equals(after)) {
            parts.add(what + before + " -> " + after);
        }
    }

    private static void addIf(List<String> parts, String what, boolean changed) {
        if (changed) {
            parts.add("other " + what);
        }
    }

    private static String standing(Instance instance) {
        String reason = instance.statusReason();
        return instance.status().wireName() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
