package io.rollcall.chaos.report;

import java.util.List;
import java.util.TreeMap;

/** One scenario on the page. */
final class ScenarioSection {

    private final Html html;
    private final RepeatCommand repeat;
    private final ScenarioResult result;
    private final String anchor;

    ScenarioSection(Html html, RepeatCommand repeat, ScenarioResult result, String anchor) {
        this.html = html;
        this.repeat = repeat;
        this.result = result;
        this.anchor = anchor;
    }

    void write() {
        html.open("section", "class", "scenario", "id", anchor).line();
        html.open("h2").text(result.title()).close();
        html.open("p", "class", "subject");
        badge(html, result.outcome());
        html.element("code", result.name());
        html.text(" " + Wording.duration(result.tookMillis()) + ", "
                + (result.seed() == 0 ? "no seed recorded" : "seed " + result.seed()));
        html.close().line();
        reason();
        figures();
        SampleTable.write(html, new TreeMap<>(result.millis()));
        new TimePlots(html, result).write();
        new FaultTable(html, result.faults()).write();
        html.open("p", "class", "repeat").text("Repeat it:").close().open("p", "class", "command");
        for (String word : repeat.words(result)) {
            // One by one, so that no line breaks within an option.
            html.element("code", word).text(" ");
        }
        html.close().close().line();
    }

    /** A verdict in a word and a sign, so that no colour is needed to tell it. */
    static void badge(Html html, Verdict verdict) {
        html.element(
                "span",
                switch (verdict) {
                    case PASSED -> "✓ passed";
                    case FAILED -> "✗ failed";
                    case SKIPPED -> "– skipped";
                },
                "class",
                "badge " + RunWords.word(verdict));
    }

    private void reason() {
        List<Figure> violations = result.violations();
        if (!violations.isEmpty()) {
            html.open("ul", "class", "violations");
            for (Figure figure : violations) {
                html.element(
                        "li",
                        figure.label() + ": " + Wording.count(result.figures().getOrDefault(figure, 0L))
                                + ", which must be zero"
                                + (result.verdict() == Verdict.PASSED
                                        ? ", although the scenario itself did not object"
                                        : ""));
            }
            html.close().line();
        }
        if (!result.reason().isEmpty()) {
            boolean skipped = result.outcome() == Verdict.SKIPPED;
            html.element(skipped ? "p" : "pre", result.reason(), "class", "reason", "tabindex", "0")
                    .line();
        }
    }

    private void figures() {
        if (result.figures().isEmpty()) {
            return;
        }
        html.open("dl", "class", "figures");
        for (Figure figure : Figure.values()) {
            Long value = result.figures().get(figure);
            if (value != null) {
                boolean broken = figure.mustBeZero() && value != 0;
                html.open("div", "class", broken ? "broken" : "")
                        .element("dt", figure.label())
                        .element("dd", (broken ? "✗ " : "") + Wording.count(value))
                        .close();
            }
        }
        html.close().line();
    }
}
