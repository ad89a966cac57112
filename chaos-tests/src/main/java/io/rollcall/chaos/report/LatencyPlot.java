package io.rollcall.chaos.report;

import static io.rollcall.chaos.report.TimeAxis.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long the acknowledged operations took, on a scale where each label is ten times the one below. */
final class LatencyPlot {

    static final int HEIGHT = 150;

    private static final int MIN_EXPONENT = -1;
    private static final int MAX_EXPONENT = 6;

    private final TimeAxis axis;
    private final List<Bin> bins;
    private final int lowest;
    private final int highest;

    LatencyPlot(TimeAxis axis, List<Bin> bins) {
        this.axis = axis;
        this.bins = bins;
        double min = bins.stream()
                .mapToDouble(Bin::medianMillis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(1);
        double max = bins.stream().mapToDouble(Bin::p99Millis).max().orElse(1);
        this.lowest = clamp((int) Math.floor(Math.log10(min)), MIN_EXPONENT, MAX_EXPONENT - 1);
        this.highest = clamp((int) Math.ceil(Math.log10(Math.max(max, min))), lowest + 1, MAX_EXPONENT);
    }

    /** The scale's labels in milliseconds, from the lowest to the highest. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = lowest; exponent <= highest; exponent++) {
            ticks.add(Math.pow(10, exponent));
        }
        return ticks;
    }

    /** How high a value lies: 0 at the bottom, 1 at the top. */
    double share(double millis) {
        double exponent = Math.log10(Math.max(millis, Double.MIN_NORMAL));
        return Math.max(0, Math.min(1, (exponent - lowest) / (highest - lowest)));
    }

    void draw(Html html) {
        line(html, "p99", Bin::p99Millis);
        line(html, "median", Bin::medianMillis);
    }

    /** Steps, since each value stands for its whole bin; interrupted where nothing was acknowledged. */
    private void line(Html html, String kind, ToDoubleFunction<Bin> value) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (Bin bin : bins) {
            if (bin.acknowledged() == 0) {
                down = false;
                continue;
            }
            String y = unit(HEIGHT - share(value.applyAsDouble(bin)) * HEIGHT);
            if (down) {
                path.append('V').append(y);
            } else {
                path.append('M')
                        .append(unit(axis.x(bin.fromMillis())))
                        .append(' ')
                        .append(y);
            }
            path.append('H').append(unit(axis.x(bin.toMillis())));
            down = true;
        }
        html.empty("path", "class", "line " + kind, "vector-effect", "non-scaling-stroke", "d", path.toString());
    }

    private static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }
}
