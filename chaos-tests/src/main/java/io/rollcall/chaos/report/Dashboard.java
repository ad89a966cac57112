package io.rollcall.chaos.report;

import java.util.List;
import java.util.OptionalLong;

/** The figures of the whole run. */
final class Dashboard {

    private final Html html;
    private final RunReport report;

    Dashboard(Html html, RunReport report) {
        this.html = html;
        this.report = report;
    }

    void write() {
        html.open("section", "class", "dashboard").line();
        tiles();
        zeros();
        faults();
        tried();
        if (!report.samples().isEmpty()) {
            html.element("h2", "How long it took");
            SampleTable.write(html, report.samples());
        }
        html.close().line();
    }

    private void tiles() {
        long faults = report.faults().values().stream().mapToLong(List::size).sum();
        html.open("div", "class", "tiles");
        tile(faults == 0 ? "–" : Wording.count(faults), "faults injected", "");
        tile(sum(Figure.ACKNOWLEDGED), Figure.ACKNOWLEDGED.label(), "");
        tile(sum(Figure.ACKNOWLEDGED_WRITES), Figure.ACKNOWLEDGED_WRITES.label(), "");
        boolean lost = report.total(Figure.LOST).orElse(0) != 0;
        tile((lost ? "✗ " : "") + sum(Figure.LOST), Figure.LOST.label(), lost ? "failed" : "");
        html.close().line();
    }

    private void tile(String value, String label, String state) {
        html.open("div", "class", "tile")
                .element("b", value, "class", state)
                .element("span", label)
                .close();
    }

    /** A sum; where nobody counted there is none, and zero would be a lie. */
    private String sum(Figure figure) {
        OptionalLong total = report.total(figure);
        return total.isPresent() ? Wording.count(total.getAsLong()) : "–";
    }

    private void zeros() {
        html.element("h2", "What must never happen");
        html.open("div", "class", "scroll")
                .open("table", "class", "zeros")
                .open("thead")
                .open("tr");
        for (String name : List.of("", "Found", "Of", "")) {
            html.element("th", name, "scope", "col");
        }
        html.close().close().open("tbody").line();
        for (ZeroCheck check : ZeroCheck.of(report)) {
            html.open("tr", "class", cssClass(check.state()));
            html.open("th", "scope", "row")
                    .element("span", sign(check.state()), "class", "sign")
                    .text(check.violation().label())
                    .close();
            boolean looked = check.state() != ZeroCheck.State.NOT_CHECKED;
            html.element(
                    "td", looked ? Wording.count(check.found()) : check.state().word(), "class", "number");
            html.element("td", looked ? trials(check) : "", "class", "trials");
            html.element("td", looked ? check.remark() : "", "class", "remark");
            html.close().line();
        }
        html.close().close().close().line();
    }

    private static String trials(ZeroCheck check) {
        return check.trials().isPresent() ? Wording.count(check.trials().getAsLong()) + " " + check.trialsLabel() : "";
    }

    private static String sign(ZeroCheck.State state) {
        return switch (state) {
            case HELD -> "✓";
            case BROKEN -> "✗";
            case NOT_CHECKED -> "–";
        };
    }

    private static String cssClass(ZeroCheck.State state) {
        return switch (state) {
            case HELD -> "passed";
            case BROKEN -> "failed";
            case NOT_CHECKED -> "skipped";
        };
    }

    private void faults() {
        if (report.faults().isEmpty()) {
            return;
        }
        int most = report.faults().values().stream().mapToInt(List::size).max().orElse(1);
        html.element("h2", "Faults by kind").open("div", "class", "scroll").open("table", "class", "kinds");
        html.open("tbody").line();
        report.faults().forEach((kind, some) -> {
            long unproved = FaultTable.unproved(some);
            html.open("tr").open("th", "scope", "row").text(kind);
            if (unproved > 0) {
                html.element("span", Wording.count(unproved) + " without proof", "class", "doubt");
            }
            html.close();
            html.element("td", Wording.count(some.size()), "class", "number");
            html.open("td", "class", "bar")
                    .open("i", "style", "width:" + 100 * some.size() / most + "%")
                    .close()
                    .close();
            html.close().line();
        });
        html.close().close().close().line();
    }

    /** What is neither a violation nor the number of trials of one. */
    private void tried() {
        html.element("h2", "What else was counted").open("dl", "class", "figures");
        pair("broken builds caught", Figure.MUTATIONS_CAUGHT, Figure.MUTATIONS);
        pair(Figure.DAMAGES_HANDLED.label(), Figure.DAMAGES_HANDLED, Figure.DAMAGES);
        for (Figure figure : List.of(
                Figure.LEADER_CHANGES,
                Figure.REPETITIONS,
                Figure.NOT_DONE,
                Figure.UNKNOWN,
                Figure.UNHEARD_EXPIRED,
                Figure.SUSPECTS,
                Figure.FENCED,
                Figure.WATCH_RESUMES,
                Figure.WATCH_RESUMES_BY_SNAPSHOT,
                Figure.WATCH_RESTARTS,
                Figure.WATCH_REPEATED,
                Figure.SLOW_READERS_DROPPED,
                Figure.TRIES_FAILED,
                Figure.LEASES_LOST,
                Figure.REREGISTRATIONS)) {
            item(figure.label(), sum(figure), false);
        }
        html.close().line();
    }

    private void pair(String label, Figure part, Figure whole) {
        OptionalLong all = report.total(whole);
        long some = report.total(part).orElse(0);
        boolean incomplete = all.isPresent() && some != all.getAsLong();
        item(label, all.isPresent() ? Wording.count(some) + " of " + Wording.count(all.getAsLong()) : "–", incomplete);
    }

    private void item(String label, String value, boolean broken) {
        html.open("div", "class", broken ? "broken" : "")
                .element("dt", label)
                .element("dd", (broken ? "✗ " : "") + value)
                .close();
    }
}
