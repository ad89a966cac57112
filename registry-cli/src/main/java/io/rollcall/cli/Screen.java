package io.rollcall.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size of the terminal that a command writes to.
 *
 * @param rows lines
 * @param columns characters of a line
 */
record Screen(int rows, int columns) {

    /** Set by the launcher where the output is a terminal: "ROWS COLUMNS". A JVM cannot tell by itself. */
    static final String VARIABLE = "ROLLCALL_SCREEN";

    private static final Screen COMMON = new Screen(24, 80);
    private static final int MAX = 10_000;

    /** Null if the output is no terminal. */
    static @Nullable Screen of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "");
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split(" ", -1);
        int rows = parts.length == 2 ? number(parts[0]) : 0;
        int columns = parts.length == 2 ? number(parts[1]) : 0;
        // What knows its terminal but not its size says 0 0.
        return rows == 0 || columns == 0 ? COMMON : new Screen(rows, columns);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Math.min(Integer.parseInt(text), MAX) : 0;
    }
}
