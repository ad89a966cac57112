package io.rollcall.chaos.report;

import java.util.List;
import java.util.Map;

/**
 * What one scenario came to.
 *
 * @param name unique within the run, such as {@code PowerLossIT.leaderLosesPower}
 * @param title one sentence on what is tried
 * @param seed repeats it; 0 if nothing in it is random
 * @param verdict how it ended
 * @param reason why it failed or was skipped; empty if it passed
 * @param startedAtMillis milliseconds since 1970
 * @param tookMillis how long it ran
 * @param figures what was counted
 * @param millis samples in milliseconds by what they measure, such as {@code time without a write after a leader's death}
 * @param faults in the order of their start
 * @param seconds the clients' view over time; empty if it was not recorded
 */
public record ScenarioResult(
        String name,
        String title,
        long seed,
        Verdict verdict,
        String reason,
        long startedAtMillis,
        long tookMillis,
        Map<Figure, Long> figures,
        Map<String, List<Long>> millis,
        List<FaultSpan> faults,
        List<Second> seconds) {

    /** Copies the collections. */
    public ScenarioResult {
        figures = Map.copyOf(figures);
        millis = Map.copyOf(millis);
        faults = List.copyOf(faults);
        seconds = List.copyOf(seconds);
    }

    /**
     * Returns the figures that must be zero and are not.
     *
     * @return immutable, in the order of {@link Figure}
     */
    public List<Figure> violations() {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().mustBeZero() && entry.getValue() != 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Returns what has to be said of the scenario: a violation that was counted is a failure, whatever else it says.
     *
     * @return the verdict to show
     */
    public Verdict outcome() {
        return violations().isEmpty() ? verdict : Verdict.FAILED;
    }
}
