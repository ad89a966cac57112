package io.rollcall.chaos.report;

import static io.rollcall.chaos.report.TimeAxis.unit;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Operations a second: the acknowledged ones below, the refused and the unknown ones on top of them. */
final class ThroughputPlot {

    static final int HEIGHT = 180;

    /** What happened once in thousands would be too flat to be seen. */
    private static final double MIN_HEIGHT = 2;

    private final TimeAxis axis;
    private final List<Bin> bins;
    private final double max;

    ThroughputPlot(TimeAxis axis, List<Bin> bins) {
        this.axis = axis;
        this.bins = bins;
        this.max = roundUp(bins.stream().mapToDouble(Bin::total).max().orElse(0));
    }

    /** The highest value of the scale, a round number. */
    double max() {
        return max;
    }

    void draw(Html html) {
        path(html, "acknowledged", bin -> 0, Bin::acknowledged);
        path(html, "refused", Bin::acknowledged, Bin::notDone);
        path(html, "unknown", bin -> bin.acknowledged() + bin.notDone(), Bin::unknown);
    }

    private void path(Html html, String kind, ToDoubleFunction<Bin> below, ToDoubleFunction<Bin> value) {
        StringBuilder path = new StringBuilder();
        for (Bin bin : bins) {
            double share = value.applyAsDouble(bin);
            if (share > 0) {
                double bottom = HEIGHT - below.applyAsDouble(bin) * HEIGHT / max;
                double top = bottom - Math.max(MIN_HEIGHT, share * HEIGHT / max);
                path.append('M')
                        .append(unit(axis.x(bin.fromMillis())))
                        .append(' ')
                        .append(unit(bottom));
                path.append('V').append(unit(Math.max(0, top)));
                path.append('H').append(unit(axis.x(bin.toMillis())));
                path.append('V').append(unit(bottom)).append('z');
            }
        }
        if (path.length() == 0) {
            return;
        }
        html.empty("path", "class", "area " + kind, "d", path.toString());
        if (!kind.equals("acknowledged")) {
            html.empty("path", "class", "texture " + kind, "d", path.toString());
        }
    }

    /** The next of 1, 2, 4, 5, 6, 8 and 10 times a power of ten: their halves are labels, too. */
    static double roundUp(double value) {
        if (value <= 2) {
            return 2;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 1.2, 1.6, 2, 3, 4, 5, 6, 8}) {
            if (value <= step * power && Math.rint(step * power / 2) == step * power / 2) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
