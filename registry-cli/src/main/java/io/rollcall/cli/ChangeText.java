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

    static ColouredText of(@Nullable Instance before, @Nullable Instance after) {
        return describe(before, after).shortened(MAX_WIDTH);
    }

    private static ColouredText describe(@Nullable Instance before, @Nullable Instance after) {
        if (after == null) {
            return before == null ? ColouredText.EMPTY : ColouredText.of("was ").plus(standing(before));
        }
        if (before == null) {
            return standing(after).plus(" at " + InstanceTable.address(after.registration()));
        }
        List<ColouredText> parts = new ArrayList<>();
        if (before.status() != after.status()) {
            parts.add(ColouredText.status(before.status()).plus(" -> ").plus(standing(after)));
        } else if (!before.statusReason().equals(after.statusReason())) {
            parts.add(standing(after));
        }
        if (before.suspect() != after.suspect()) {
            parts.add(after.suspect() ? ColouredText.of("suspect", Ink.YELLOW) : ColouredText.of("no longer suspect"));
        }
        addRegistration(parts, before.registration(), after.registration());
        return parts.isEmpty() ? ColouredText.of("the same again") : ColouredText.joined(", ", parts);
    }

    private static void addRegistration(List<ColouredText> parts, Registration before, Registration after) {
        add(parts, "", InstanceTable.address(before), InstanceTable.address(after));
        add(parts, "version ", before.version(), after.version());
        add(parts, "zone ", before.zone(), after.zone());
        add(parts, "weight ", before.weight(), after.weight());
        add(parts, "ttl ", Durations.format(before.ttl()), Durations.format(after.ttl()));
        addIf(parts, "tags", !before.tags().equals(after.tags()));
        addIf(parts, "metadata", !before.metadata().equals(after.metadata()));
        addIf(parts, "health check", !Objects.equals(before.healthCheck(), after.healthCheck()));
    }

    private static void add(List<ColouredText> parts, String what, Object before, Object after) {
        if (!before.equals(after)) {
            parts.add(ColouredText.of(what + before + " -> " + after));
        }
    }

    private static void addIf(List<ColouredText> parts, String what, boolean changed) {
        if (changed) {
            parts.add(ColouredText.of("other " + what));
        }
    }

    private static ColouredText standing(Instance instance) {
        String reason = instance.statusReason();
        return ColouredText.status(instance.status()).plus(reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
