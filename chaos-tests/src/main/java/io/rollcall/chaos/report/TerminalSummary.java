package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run in at most {@value #MAX_LINES} plain lines. */
public final class TerminalSummary {

    /** Longest summary; it fits on a screen. */
    public static final int MAX_LINES = 40;

    private static final int MAX_LISTED = 5;
    private static final int MAX_LINE_LENGTH = 240;

    private final List<String> lines = new ArrayList<>();
    private final RunReport report;

    private TerminalSummary(RunReport report) {
        this.report = report;
    }

    /**
     * Sums a run up.
     *
     * @param report what the run came to
     * @return lines without line ends
     */
    public static List<String> of(RunReport report) {
        TerminalSummary summary = new TerminalSummary(report);
        summary.write();
        return List.copyOf(summary.lines);
    }

    private void write() {
        line(RunWords.verdict(report).toUpperCase(Locale.ROOT) + " - " + RunWords.summary(report));
        if (report.missing() > 0) {
            line(RunWords.missing(report));
        }
        listed("failed", report.with(Verdict.FAILED));
        listed("skipped", report.with(Verdict.SKIPPED));
        faults();
        item("operations", counts(Figure.ACKNOWLEDGED, Figure.NOT_DONE, Figure.UNKNOWN));
        zeros();
        item("also", counts(Figure.LEADER_CHANGES));
        share("broken builds caught", Figure.MUTATIONS_CAUGHT, Figure.MUTATIONS);
        share(Figure.DAMAGES_HANDLED.label(), Figure.DAMAGES_HANDLED, Figure.DAMAGES);
        samples();
        item("commit", report.origin().commit() + ", took " + Wording.duration(report.tookMillis()));
        item("machine", report.origin().machine().hardware() + ", loopback only: no production figures");
    }

    private void listed(String word, List<ScenarioResult> results) {
        for (ScenarioResult result : results.subList(0, Math.min(MAX_LISTED, results.size()))) {
            item(word, result.name() + ": " + RunWords.cause(result));
        }
        if (results.size() > MAX_LISTED) {
            item(word, "and " + (results.size() - MAX_LISTED) + " more");
        }
    }

    private void faults() {
        String kinds = report.faults().entrySet().stream()
                .map(kind -> Wording.count(kind.getValue().size()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        item("faults", kinds.isEmpty() ? "none recorded" : kinds);
    }

    private void zeros() {
        List<ZeroCheck> checks = ZeroCheck.of(report);
        for (ZeroCheck check : checks) {
            if (check.state() != ZeroCheck.State.NOT_CHECKED) {
                String remark = check.remark().isEmpty() ? "" : " (" + check.remark() + ")";
                item(
                        check.state() == ZeroCheck.State.BROKEN ? "BROKEN" : "held",
                        check.violation().label() + " " + check.foundOfTrials() + remark);
            }
        }
        String unchecked = checks.stream()
                .filter(check -> check.state() == ZeroCheck.State.NOT_CHECKED)
                .map(check -> check.violation().label())
                .collect(Collectors.joining(", "));
        if (!unchecked.isEmpty()) {
            item("not checked", unchecked);
        }
    }

    private String counts(Figure... figures) {
        List<String> parts = new ArrayList<>();
        for (Figure figure : figures) {
            report.total(figure).ifPresent(total -> parts.add(Wording.count(total) + " " + figure.label()));
        }
        return String.join(", ", parts);
    }

    private void share(String label, Figure part, Figure whole) {
        report.total(whole)
                .ifPresent(all -> item(
                        report.total(part).orElse(0) == all ? "all" : "NOT ALL",
                        label + " " + Wording.count(report.total(part).orElse(0)) + " of " + Wording.count(all)));
    }

    private void samples() {
        report.samples().entrySet().stream().limit(MAX_LISTED).forEach(entry -> {
            Samples samples = Samples.of(entry.getValue());
            item(
                    "time",
                    entry.getKey() + ": median " + Wording.duration(samples.percentile(50)) + ", p99 "
                            + Wording.duration(samples.percentile(99)) + ", max " + Wording.duration(samples.max())
                            + " of " + Wording.count(samples.size()));
        });
        if (report.samples().size() > MAX_LISTED) {
            item("time", "and " + (report.samples().size() - MAX_LISTED) + " more in the report");
        }
    }

    private void item(String name, String text) {
        if (!text.isEmpty()) {
            line(String.format(Locale.ROOT, "  %-12s %s", name, text));
        }
    }

    private void line(String text) {
        String plain = text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
        lines.add(plain.length() <= MAX_LINE_LENGTH ? plain : plain.substring(0, MAX_LINE_LENGTH - 1) + "…");
    }
}
