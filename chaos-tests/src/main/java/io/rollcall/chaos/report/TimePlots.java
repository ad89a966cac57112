package io.rollcall.chaos.report;

import static io.rollcall.chaos.report.TimeAxis.unit;

import java.util.List;
import java.util.Locale;

/**
 * A scenario over time: throughput, the faults by kind, latency, all above the same axis. The drawings are stretched to
 * the page's width; the labels are text of the page, so that they keep their size on a phone.
 */
final class TimePlots {

    private static final int LANE_HEIGHT = 14;

    /** A label behind it would reach over the page's edge. */
    private static final double LAST_TICK = 0.96;

    private final Html html;
    private final List<Second> seconds;
    private final TimeAxis axis;
    private final List<Bin> bins;
    private final List<FaultLane> lanes;

    TimePlots(Html html, ScenarioResult result) {
        this.html = html;
        this.seconds = result.seconds();
        this.axis = TimeAxis.of(result);
        this.bins = Bin.of(seconds);
        this.lanes = FaultLane.of(result.faults(), axis);
    }

    void write() {
        if (seconds.isEmpty() && lanes.isEmpty()) {
            return;
        }
        html.open("div", "class", "plots").line();
        if (!seconds.isEmpty()) {
            throughput();
        }
        lanes();
        if (seconds.stream().anyMatch(second -> second.acknowledged() > 0)) {
            latency();
        }
        timeLabels();
        resolution();
        html.close().line();
    }

    private void throughput() {
        ThroughputPlot plot = new ThroughputPlot(axis, bins);
        html.open("div", "class", "caption").element("b", "Operations per second");
        key("acknowledged", "acknowledged");
        key("refused", "refused");
        key("unknown", "unknown outcome");
        shadingKey();
        html.close().open("div", "class", "row").open("div", "class", "scale");
        label(0, "0");
        label(0.5, number(plot.max() / 2));
        label(1, number(plot.max()));
        html.close();
        openDrawing("plot", ThroughputPlot.HEIGHT, throughputInWords());
        shading(ThroughputPlot.HEIGHT);
        rule(ThroughputPlot.HEIGHT, 0.5);
        rule(ThroughputPlot.HEIGHT, 1);
        plot.draw(html);
        html.close().close().line();
        html.element("p", throughputInWords(), "class", "reading");
    }

    private String throughputInWords() {
        double mean = seconds.stream().mapToInt(Second::acknowledged).average().orElse(0);
        long silent =
                seconds.stream().filter(second -> second.acknowledged() == 0).count();
        long refused = seconds.stream().mapToLong(Second::notDone).sum();
        long unknown = seconds.stream().mapToLong(Second::unknown).sum();
        return number(mean) + " acknowledged a second on average; " + Wording.count(refused) + " refused, "
                + Wording.count(unknown) + " of unknown outcome; nothing acknowledged in " + Wording.count(silent)
                + " of " + Wording.count(seconds.size(), "second") + ".";
    }

    private void lanes() {
        for (FaultLane lane : lanes) {
            lane(lane, "fault");
        }
        FaultLane silences = FaultLane.silences(seconds, axis);
        if (!silences.marks().isEmpty()) {
            lane(silences, "silence");
        }
    }

    private void lane(FaultLane lane, String kind) {
        html.open("div", "class", "row lane").element("div", lane.label(), "class", "label");
        openDrawing(kind, LANE_HEIGHT, lane.label());
        for (FaultLane.Mark mark : lane.marks()) {
            mark(mark, kind, LANE_HEIGHT);
        }
        html.close().close().line();
    }

    private void latency() {
        LatencyPlot plot = new LatencyPlot(axis, bins);
        html.open("div", "class", "caption").element("b", "Latency of acknowledged operations");
        key("median", "median");
        key("p99", "99th percentile");
        shadingKey();
        html.close().open("div", "class", "row").open("div", "class", "scale low");
        plot.ticks().forEach(millis -> label(plot.share(millis), latency(millis)));
        html.close();
        openDrawing("plot low", LatencyPlot.HEIGHT, "Latency, on a logarithmic scale");
        shading(LatencyPlot.HEIGHT);
        plot.ticks().forEach(millis -> rule(LatencyPlot.HEIGHT, plot.share(millis)));
        plot.draw(html);
        html.close().close().line();
    }

    private void timeLabels() {
        html.open("div", "class", "row times")
                .open("div", "class", "scale")
                .close()
                .open("div", "class", "clock");
        for (long second : axis.ticks()) {
            double share = axis.x(second * 1_000) / TimeAxis.WIDTH;
            html.element(
                    "span",
                    Wording.clock(second),
                    "class",
                    share > LAST_TICK ? "last" : "",
                    "style",
                    String.format(Locale.ROOT, "left:%.2f%%", share * 100));
        }
        html.close().close().line();
    }

    private void resolution() {
        if (bins.isEmpty() || bins.get(0).seconds() == 1) {
            return;
        }
        html.element(
                "p",
                "Each step stands for " + bins.get(0).seconds()
                        + " s: their mean throughput and median latency, and the"
                        + " highest of their 99th percentiles.",
                "class",
                "reading");
    }

    private void openDrawing(String kind, int height, String words) {
        html.open(
                "svg",
                "class",
                kind,
                "viewBox",
                "0 0 " + TimeAxis.WIDTH + " " + height,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                words);
    }

    private void shading(int height) {
        for (FaultLane lane : lanes) {
            for (FaultLane.Mark mark : lane.marks()) {
                mark(mark, "shade", height);
            }
        }
    }

    private void mark(FaultLane.Mark mark, String kind, int height) {
        html.open(
                        "rect",
                        "class",
                        kind,
                        "x",
                        unit(mark.from()),
                        "width",
                        unit(mark.to() - mark.from()),
                        "height",
                        String.valueOf(height))
                .element("title", mark.title())
                .close();
    }

    private void rule(int height, double share) {
        String y = unit(height - share * height);
        html.empty(
                "path", "class", "rule", "vector-effect", "non-scaling-stroke", "d", "M0 " + y + "H" + TimeAxis.WIDTH);
    }

    private void shadingKey() {
        if (!lanes.isEmpty()) {
            key("shade", "during a fault");
        }
    }

    private void key(String kind, String words) {
        html.open("span", "class", "key")
                .open("i", "class", "swatch " + kind)
                .close()
                .text(words)
                .close();
    }

    private void label(double share, String text) {
        html.element("span", text, "style", String.format(Locale.ROOT, "bottom:%.1f%%", share * 100));
    }

    private static String latency(double millis) {
        return millis >= 1_000 ? number(millis / 1_000) + " s" : number(millis) + " ms";
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value)
                ? Wording.count(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
