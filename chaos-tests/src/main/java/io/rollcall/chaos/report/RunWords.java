package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the page and the terminal both say of a run. */
final class RunWords {

    static final String SCOPE =
            "All nodes, clients and faults shared one machine and its loopback network, so their times"
                    + " are no production figures.";

    private static final int MAX_CAUSE = 240;

    private RunWords() {}

    /** The whole run in a word or two. */
    static String verdict(RunReport report) {
        return switch (report.outcome()) {
            case PASSED -> "Passed";
            case FAILED -> report.with(Verdict.FAILED).isEmpty() ? "Incomplete" : "Failed";
            case SKIPPED -> "Nothing was tried";
        };
    }

    /** A scenario's verdict in a word. */
    static String word(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
        };
    }

    /** The scenarios by verdict. */
    static String summary(RunReport report) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            int number = report.with(verdict).size();
            if (number > 0) {
                parts.add(Wording.count(number) + " " + word(verdict));
            }
        }
        String scenarios = Wording.count(report.results().size(), "scenario");
        return parts.isEmpty() ? scenarios + "." : scenarios + ": " + String.join(", ", parts) + ".";
    }

    /** That the run is not complete. */
    static String missing(RunReport report) {
        return Wording.count(report.missing(), "scenario") + " left no result, so this report is not complete.";
    }

    /** Why a scenario failed or was skipped, in one line. */
    static String cause(ScenarioResult result) {
        List<String> parts = new ArrayList<>();
        result.violations()
                .forEach(figure -> parts.add(
                        figure.label() + ": " + Wording.count(result.figures().getOrDefault(figure, 0L))));
        String told = result.reason()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                .limit(3)
                .collect(Collectors.joining(" "));
        if (!told.isEmpty()) {
            parts.add(told);
        }
        String cause = parts.isEmpty() ? "no reason given" : String.join("; ", parts);
        return cause.length() <= MAX_CAUSE ? cause : cause.substring(0, MAX_CAUSE) + "…";
    }

    /** What is needed to repeat it, by name. */
    static Map<String, String> origin(RunReport report) {
        Origin origin = report.origin();
        Map<String, String> words = new LinkedHashMap<>();
        words.put("Commit", origin.commit());
        words.put("Seed", origin.seed().isEmpty() ? "drawn by each scenario" : origin.seed());
        words.put("Started", Wording.minute(report.startedAtMillis()));
        words.put("Took", Wording.duration(report.tookMillis()));
        words.put("Hardware", origin.machine().hardware());
        words.put("JDK", origin.machine().jdk());
        words.put("Command", origin.command());
        return words;
    }
}
