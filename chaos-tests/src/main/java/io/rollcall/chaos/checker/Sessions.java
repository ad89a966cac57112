package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Figure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The check that no session goes back: on one node, also over its restarts, what it has applied never falls; a read that
 * asked for an index got it; and a linearizable read is at or after everything that the session had been told before.
 */
final class Sessions {

    private final Map<String, Long> appliedByNode = new HashMap<>();
    private final Map<String, Long> newestBySession = new HashMap<>();

    private Sessions() {}

    static void check(List<Observation> history, Findings findings) {
        Sessions sessions = new Sessions();
        history.stream()
                .filter(seen -> seen.verdict() == Verdict.DONE && seen.applied() >= 0)
                .sorted(Comparator.comparingLong(Observation::returnedNanos))
                .forEach(seen -> sessions.follow(seen, findings));
    }

    private void follow(Observation seen, Findings findings) {
        findings.count(Figure.SESSION_ANSWERS, 1);
        long onNode = appliedByNode.getOrDefault(seen.session() + "@" + seen.node(), 0L);
        if (seen.applied() < onNode) {
            findings.violated(
                    Figure.SESSION_REGRESSIONS,
                    seen.node() + " told " + seen.session() + " of index " + onNode + " and then of " + seen.applied());
        }
        long newest = newestBySession.getOrDefault(seen.session(), 0L);
        long floor = Math.max(seen.minIndex(), seen.linearizable() || seen.isWrite() ? newest : 0);
        if (seen.applied() < floor) {
            findings.violated(
                    Figure.SESSION_REGRESSIONS,
                    seen.node() + " answered " + seen.session() + " at index " + seen.applied() + ", below " + floor
                            + " that it had to be at");
        }
        appliedByNode.merge(seen.session() + "@" + seen.node(), seen.applied(), Math::max);
        newestBySession.merge(seen.session(), Math.max(seen.applied(), seen.isWrite() ? seen.index() : 0), Math::max);
    }
}
