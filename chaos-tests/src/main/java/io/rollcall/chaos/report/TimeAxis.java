package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The time of a scenario from left to right, {@value #WIDTH} units wide whatever the page's width is.
 *
 * @param spanMillis how long the scenario was
 */
record TimeAxis(long spanMillis) {

    static final int WIDTH = 1000;

    private static final int MAX_TICKS = 8;
    private static final long[] STEPS_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800
    };
    private static final long SECOND_MILLIS = 1_000;

    TimeAxis {
        spanMillis = Math.max(1, spanMillis);
    }

    static TimeAxis of(ScenarioResult result) {
        return new TimeAxis(Math.max(result.tookMillis(), result.seconds().size() * SECOND_MILLIS));
    }

    /** The place of a time, never outside. */
    double x(long millis) {
        return Math.max(0, Math.min(WIDTH, (double) millis * WIDTH / spanMillis));
    }

    /** Seconds to label: round ones, few enough for a phone. */
    List<Long> ticks() {
        long seconds = spanMillis / SECOND_MILLIS;
        long step = STEPS_SECONDS[STEPS_SECONDS.length - 1];
        for (int i = STEPS_SECONDS.length - 1; i >= 0 && seconds / STEPS_SECONDS[i] <= MAX_TICKS; i--) {
            step = STEPS_SECONDS[i];
        }
        List<Long> ticks = new ArrayList<>();
        for (long at = 0; at <= seconds && ticks.size() <= MAX_TICKS; at += step) {
            ticks.add(at);
        }
        return ticks;
    }

    /** A coordinate as SVG has it. */
    static String unit(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
