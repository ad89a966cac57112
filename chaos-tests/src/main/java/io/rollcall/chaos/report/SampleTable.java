package io.rollcall.chaos.report;

import java.util.List;
import java.util.Map;

/** Times that were measured, by what they measure. */
final class SampleTable {

    private SampleTable() {}

    static void write(Html html, Map<String, List<Long>> samples) {
        if (samples.values().stream().allMatch(List::isEmpty)) {
            return;
        }
        html.open("div", "class", "scroll")
                .open("table", "class", "times")
                .open("thead")
                .open("tr");
        for (String name : List.of("Time", "Samples", "Median", "p99", "Longest")) {
            html.element("th", name, "scope", "col");
        }
        html.close().close().open("tbody").line();
        samples.forEach((what, some) -> {
            if (!some.isEmpty()) {
                row(html, what, Samples.of(some));
            }
        });
        html.close().close().close().line();
    }

    private static void row(Html html, String what, Samples samples) {
        html.open("tr").element("td", what);
        html.element("td", Wording.count(samples.size()), "class", "number");
        html.element("td", Wording.duration(samples.percentile(50)), "class", "number");
        html.element("td", Wording.duration(samples.percentile(99)), "class", "number");
        html.element("td", Wording.duration(samples.max()), "class", "number");
        html.close().line();
    }
}
