package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.lease.LeaseEvent;
import io.rollcall.chaos.lease.Sighting;
import io.rollcall.chaos.report.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The check that no registration is lost: whoever is registered and has not begun to leave is passing on every node, whenever a
 * node's answer shows a state that lies between the two; nor does the registry's history tell of a moment in which it was not.
 */
final class KeptRegistrations {

    /** The history's times are of another clock of the same machine, and cut to milliseconds. */
    private static final long CLOCKS_NANOS = Duration.ofMillis(100).toNanos();

    private KeptRegistrations() {}

    static void checkHistory(List<CallEvent> calls, Stints stints, Findings findings) {
        for (CallEvent event : calls) {
            if (event instanceof CallEvent.Withdrawn withdrawn) {
                check(withdrawn, stints.of(withdrawn.run()), findings);
            }
        }
    }

    private static void check(CallEvent.Withdrawn event, @Nullable Stint stint, Findings findings) {
        findings.count(Figure.WITHDRAWALS, 1);
        if (stint == null || event.atNanos() + CLOCKS_NANOS < stint.leavesNanos()) {
            findings.violated(
                    Figure.REGISTRATIONS_LOST,
                    "the history says that " + event.run() + ", which ran, was withdrawn at "
                            + EarlyExpiry.millis(event.atNanos()) + " ms: " + event.how());
        }
    }

    static void check(Stints stints, Lives lives, Findings findings) {
        for (Map.Entry<String, List<LeaseEvent.Polled>> node : lives.polls().entrySet()) {
            for (Stint stint : stints.all()) {
                check(stint, node.getKey(), node.getValue(), shown(stint, node.getKey(), lives), findings);
            }
        }
    }

    private static List<Life.Shown> shown(Stint stint, String node, Lives lives) {
        return lives.all().stream()
                .filter(life -> life.ref().equals(stint.run().instance()))
                .findFirst()
                .map(life -> life.shown().getOrDefault(node, List.of()))
                .orElse(List.of());
    }

    private static void check(
            Stint stint, String node, List<LeaseEvent.Polled> polls, List<Life.Shown> shown, Findings findings) {
        int next = 0;
        Sighting now = Sighting.absent(stint.run().instance());
        boolean isLost = false;
        for (LeaseEvent.Polled poll : polls) {
            while (next < shown.size() && shown.get(next).poll().answeredNanos() <= poll.answeredNanos()) {
                now = shown.get(next++).sighting();
            }
            if (poll.currentAsOfNanos() < stint.registeredNanos() || poll.answeredNanos() >= stint.leavesNanos()) {
                continue;
            }
            findings.count(Figure.REGISTRATION_LOOKS, 1);
            if (!now.isPassing() && !isLost) {
                isLost = true;
                findings.violated(
                        Figure.REGISTRATIONS_LOST,
                        stint.run() + " is registered since " + EarlyExpiry.millis(stint.registeredNanos())
                                + " ms, and " + now.status() + " on " + node + " at "
                                + EarlyExpiry.millis(poll.answeredNanos()) + " ms");
            } else if (now.isPassing()) {
                isLost = false;
            }
        }
    }
}
