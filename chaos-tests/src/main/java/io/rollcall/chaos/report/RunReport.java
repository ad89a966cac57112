package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param origin what is needed to repeat it
 * @param startedAtMillis milliseconds since 1970
 * @param tookMillis how long it ran
 * @param expected how many scenarios were to leave a result; fewer results mean that the report is not complete
 * @param results in the order of their start
 */
public record RunReport(
        Origin origin, long startedAtMillis, long tookMillis, int expected, List<ScenarioResult> results) {

    /** Copies the list. */
    public RunReport {
        results = List.copyOf(results);
    }

    /**
     * Returns the scenarios that ended in a certain way.
     *
     * @param outcome which
     * @return in the order of their start
     */
    public List<ScenarioResult> with(Verdict outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).toList();
    }

    /**
     * Returns how many scenarios left no result.
     *
     * @return 0 or more
     */
    public int missing() {
        return Math.max(0, expected - results.size());
    }

    /**
     * Returns what the whole run has to be called: passed only if something did, and nothing failed or is missing.
     *
     * @return the verdict
     */
    public Verdict outcome() {
        if (missing() > 0 || !with(Verdict.FAILED).isEmpty()) {
            return Verdict.FAILED;
        }
        return with(Verdict.PASSED).isEmpty() ? Verdict.SKIPPED : Verdict.PASSED;
    }

    /**
     * Adds a figure up.
     *
     * @param figure which
     * @return the sum; empty if no scenario counted it, which is not the same as zero
     */
    public OptionalLong total(Figure figure) {
        return totalWhere(figure, figure);
    }

    /**
     * Adds a figure up over those scenarios that counted another one, too.
     *
     * @param figure which
     * @param counted the other one, such as the violations of which {@code figure} are the trials
     * @return the sum; empty if there is no such scenario
     */
    public OptionalLong totalWhere(Figure figure, Figure counted) {
        List<Long> parts = results.stream()
                .filter(result -> result.figures().containsKey(counted))
                .map(result -> result.figures().get(figure))
                .flatMap(Stream::ofNullable)
                .toList();
        return parts.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(parts.stream().mapToLong(Long::longValue).sum());
    }

    /**
     * Returns all figures that were counted.
     *
     * @return mutable, in the order of {@link Figure}
     */
    public Map<Figure, Long> totals() {
        Map<Figure, Long> totals = new EnumMap<>(Figure.class);
        results.forEach(result -> result.figures().forEach((figure, part) -> totals.merge(figure, part, Long::sum)));
        return totals;
    }

    /**
     * Returns all faults by kind.
     *
     * @return sorted by kind
     */
    public Map<String, List<FaultSpan>> faults() {
        return results.stream()
                .flatMap(result -> result.faults().stream())
                .collect(Collectors.groupingBy(FaultSpan::kind, TreeMap::new, Collectors.toList()));
    }

    /**
     * Returns all samples by what they measure.
     *
     * @return sorted by name; no list is empty
     */
    public Map<String, List<Long>> samples() {
        Map<String, List<Long>> samples = new TreeMap<>();
        for (ScenarioResult result : results) {
            result.millis().forEach((what, some) -> {
                if (!some.isEmpty()) {
                    samples.computeIfAbsent(what, key -> new ArrayList<>()).addAll(some);
                }
            });
        }
        return samples;
    }
}
