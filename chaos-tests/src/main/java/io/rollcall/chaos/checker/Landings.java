package io.rollcall.chaos.checker;

import io.rollcall.chaos.call.CallEvent;
import io.rollcall.chaos.call.CallEvent.Called;
import io.rollcall.chaos.call.CallEvent.Run;
import io.rollcall.chaos.call.CallEvent.Try;
import io.rollcall.chaos.report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The check of calls: each found somebody to call and succeeded, and each try landed on the run that was meant, or on the next
 * one of the same id at the same address. A try may fail at an instance that died without a word, until the registry has
 * to know it and its consumers have to be told; at one that left in order none may fail at all.
 */
final class Landings {

    private static final String AGE = "age of what a consumer knew when it called";
    private static final String LAST_TRY = "from an instance's death until the last try to call it";

    private final Stints stints;
    private final Reigns reigns;
    private final CallBounds bounds;
    private final Findings findings;
    private final Map<Run, Long> lastTries = new HashMap<>();

    private Landings(Stints stints, Reigns reigns, CallBounds bounds, Findings findings) {
        this.stints = stints;
        this.reigns = reigns;
        this.bounds = bounds;
        this.findings = findings;
    }

    static void check(
            List<CallEvent> calls,
            Stints stints,
            Reigns reigns,
            CallBounds bounds,
            Findings findings,
            Map<String, List<Long>> millis) {
        Landings check = new Landings(stints, reigns, bounds, findings);
        List<Long> ages = new ArrayList<>();
        for (CallEvent event : calls) {
            if (event instanceof Called called) {
                check.check(called);
                if (called.instances() > 0) {
                    ages.add(called.ageMillis());
                }
            }
        }
        millis.put(AGE, ages);
        List<Long> last = new ArrayList<>();
        check.lastTries.values().forEach(nanos -> last.add(EarlyExpiry.millis(nanos)));
        millis.put(LAST_TRY, last);
    }

    private void check(Called call) {
        findings.count(Figure.LOOKUPS, 1);
        if (call.instances() == 0 || call.tries().isEmpty()) {
            findings.violated(Figure.LOOKUPS_EMPTY, "lookup that found nobody: " + sentence(call));
        }
        findings.count(Figure.CALLS, 1);
        if (!call.why().isEmpty()) {
            findings.violated(Figure.CALLS_FAILED, "failed call: " + sentence(call));
        }
        call.tries().forEach(attempt -> check(call, attempt));
    }

    private void check(Called call, Try attempt) {
        findings.count(Figure.TRIES, 1);
        Stint stint = stints.of(attempt.target());
        if (stint == null) {
            astray(call, attempt, "which was never registered");
        } else if (hasLanded(attempt)) {
            return;
        } else if (attempt.toNanos() < stint.endedNanos()) {
            astray(call, attempt, "which served then");
        } else if (stint.inOrder()) {
            astray(call, attempt, "which had left in order since " + EarlyExpiry.millis(stint.closingNanos()) + " ms");
        } else {
            diedBefore(call, attempt, stint);
        }
    }

    private void diedBefore(Called call, Try attempt, Stint stint) {
        long after = Math.max(0, attempt.fromNanos() - stint.endedNanos());
        lastTries.merge(stint.run(), after, Math::max);
        long deadline = deadline(stint);
        if (attempt.fromNanos() > deadline) {
            astray(
                    call,
                    attempt,
                    "which died at " + EarlyExpiry.millis(stint.endedNanos()) + " ms and had to be known as gone by "
                            + EarlyExpiry.millis(deadline) + " ms");
        } else {
            findings.count(Figure.TRIES_FAILED, 1);
        }
    }

    /** When every consumer has to know that a run which died is gone, or what came in its place. */
    private long deadline(Stint stint) {
        long lapsed = reigns.deadline(stint.endedNanos(), bounds.ttl().toNanos(), bounds.lease());
        return Math.min(lapsed, stint.replacedNanos()) + bounds.told().toNanos();
    }

    /** Whether the run answered, or a later one of the same id. */
    private static boolean hasLanded(Try attempt) {
        if (!attempt.why().isEmpty()) {
            return false;
        }
        int number = attempt.target().number();
        String prefix = attempt.target().instance() + "#";
        return attempt.answered().startsWith(prefix)
                && Integer.parseInt(attempt.answered().substring(prefix.length())) >= number;
    }

    private void astray(Called call, Try attempt, String why) {
        findings.violated(
                Figure.TRIES_ASTRAY,
                call.consumer() + " called " + attempt.target() + " from " + EarlyExpiry.millis(attempt.fromNanos())
                        + " to " + EarlyExpiry.millis(attempt.toNanos()) + " ms, " + why + "; "
                        + (attempt.why().isEmpty() ? attempt.answered() + " answered" : attempt.why()));
    }

    private static String sentence(Called call) {
        return call.consumer() + " of " + call.service() + " from " + EarlyExpiry.millis(call.fromNanos()) + " to "
                + EarlyExpiry.millis(call.toNanos()) + " ms, " + call.instances() + " instances known, "
                + call.ageMillis() + " ms old, " + call.tries().size() + " tries: " + call.why();
    }
}
