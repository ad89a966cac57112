package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.IndexOrder;
import io.rollcall.chaos.history.Observation;
import io.rollcall.chaos.history.Verdict;
import io.rollcall.chaos.report.Figure;
import java.util.List;

/** All checks of a history whose clients fight for the same instances. They use nothing but what the clients were told. */
public final class HistoryChecks {

    private HistoryChecks() {}

    /**
     * Checks a history.
     *
     * @param history all observations, the final reading included
     * @return what was counted and what is wrong
     */
    public static Findings check(List<Observation> history) {
        Findings findings = new Findings();
        // Zero is a finding, too: it was looked for.
        List.of(
                        Figure.LOST,
                        Figure.DOUBLED,
                        Figure.DISHONEST,
                        Figure.UNKNOWN,
                        Figure.KEYS_UNDECIDED,
                        Figure.KEYS_NOT_LINEARIZABLE,
                        Figure.INDEX_ORDER_VIOLATIONS,
                        Figure.READS_AT_INDEX_WRONG,
                        Figure.SESSION_REGRESSIONS)
                .forEach(figure -> findings.count(figure, 0));
        count(history, findings);
        Incarnations.check(history, findings);
        KeyHistories.check(history, findings);
        StateAtIndex.check(history, findings);
        Sessions.check(history, findings);
        checkIndexOrder(history, findings);
        return findings;
    }

    private static void count(List<Observation> history, Findings findings) {
        for (Observation seen : history) {
            findings.count(Figure.REPETITIONS, seen.isWrite() ? seen.attempts() - 1 : 0);
            switch (seen.verdict()) {
                case DONE, REFUSED -> {
                    findings.count(Figure.ACKNOWLEDGED, 1);
                    if (seen.isWrite() && seen.verdict() == Verdict.DONE) {
                        findings.count(Figure.ACKNOWLEDGED_WRITES, 1);
                    }
                }
                case NOT_DONE -> findings.count(Figure.NOT_DONE, 1);
                case UNKNOWN -> findings.count(Figure.UNKNOWN, 1);
            }
        }
    }

    private static void checkIndexOrder(List<Observation> history, Findings findings) {
        List<IndexOrder.Indexed> writes = history.stream()
                .filter(seen -> seen.isWrite() && seen.verdict() == Verdict.DONE)
                .map(seen ->
                        new IndexOrder.Indexed(seen.value(), seen.index(), seen.calledNanos(), seen.returnedNanos()))
                .toList();
        findings.count(Figure.INDEX_ORDER_CHECKED, writes.size());
        IndexOrder.check(writes).forEach(wrong -> findings.violated(Figure.INDEX_ORDER_VIOLATIONS, wrong));
    }
}
