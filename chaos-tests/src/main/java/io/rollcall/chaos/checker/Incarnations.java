package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Figure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The check that no registration was applied twice: each application gives a new incarnation, so that whoever sees a value
 * must see it with the one incarnation that its registration was acknowledged with, or that others saw.
 */
final class Incarnations {

    private final Map<String, Long> byValue = new HashMap<>();

    private Incarnations() {}

    static void check(List<Observation> history, Findings findings) {
        Incarnations incarnations = new Incarnations();
        history.stream()
                .filter(seen -> seen.verdict() == Verdict.DONE && seen.registers())
                .forEach(write -> write.incarnations()
                        .forEach((id, incarnation) ->
                                incarnations.compare(write, write.value(), incarnation, findings)));
        history.stream()
                .filter(seen -> seen.verdict() == Verdict.DONE && !seen.isWrite())
                .forEach(read -> read.incarnations()
                        .forEach((id, incarnation) ->
                                incarnations.compare(read, read.seen().getOrDefault(id, ""), incarnation, findings)));
    }

    private void compare(Observation seen, String value, long incarnation, Findings findings) {
        Long before = byValue.putIfAbsent(value, incarnation);
        if (before != null && before != incarnation) {
            findings.violated(
                    Figure.DOUBLED,
                    seen.node() + " shows " + value + " with incarnation " + incarnation + " and not with " + before);
        }
    }
}
