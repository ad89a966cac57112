package io.rollcall.chaos.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The faults of one scenario: one by one if they are few, else by kind, and one by one for whoever opens it. */
final class FaultTable {

    private static final int FEW = 12;

    private final Html html;
    private final List<FaultSpan> faults;

    FaultTable(Html html, List<FaultSpan> faults) {
        this.html = html;
        this.faults = faults;
    }

    void write() {
        if (faults.isEmpty()) {
            return;
        }
        html.element("h3", "Faults");
        if (faults.size() <= FEW) {
            each();
            return;
        }
        byKind();
        html.open("details").element("summary", "All " + Wording.count(faults.size(), "fault"));
        each();
        html.close().line();
    }

    private void byKind() {
        Map<String, List<FaultSpan>> kinds = faults.stream()
                .collect(Collectors.groupingBy(FaultSpan::kind, LinkedHashMap::new, Collectors.toList()));
        head("kinds-of-faults", "Kind", "Times", "Median", "Longest", "Unproved");
        kinds.forEach((kind, some) -> {
            Samples lengths = Samples.of(some.stream()
                    .map(fault -> fault.toMillis() - fault.fromMillis())
                    .toList());
            html.open("tr").element("td", kind);
            number(Wording.count(some.size()));
            number(Wording.duration(lengths.percentile(50)));
            number(Wording.duration(lengths.max()));
            number(Wording.count(unproved(some)));
            html.close().line();
        });
        foot();
    }

    private void each() {
        head("faults", "Kind", "Target", "From", "To", "Proof that it hit");
        for (FaultSpan fault : faults) {
            html.open("tr").element("td", fault.kind()).element("td", fault.target());
            number(Wording.moment(fault.fromMillis()));
            number(Wording.moment(fault.toMillis()));
            if (fault.proof().isEmpty()) {
                html.element("td", "none", "class", "doubt");
            } else {
                html.element("td", fault.proof());
            }
            html.close().line();
        }
        foot();
    }

    static long unproved(List<FaultSpan> faults) {
        return faults.stream().filter(fault -> fault.proof().isEmpty()).count();
    }

    private void head(String style, String... names) {
        html.open("div", "class", "scroll").open("table", "class", style).open("thead");
        html.open("tr");
        for (String name : names) {
            html.element("th", name, "scope", "col");
        }
        html.close().close().open("tbody").line();
    }

    private void foot() {
        html.close().close().close().line();
    }

    private void number(String text) {
        html.element("td", text, "class", "number");
    }
}
