package io.rollcall.bench.report;

import java.util.Locale;

/** Numbers as a table shows them. */
final class Numbers {

    private Numbers() {}

    /** Three digits or so: more would not hold from one run to the next. */
    static String text(double value) {
        var size = Math.abs(value);
        if (size >= 100 || (value == Math.rint(value) && size >= 10)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
