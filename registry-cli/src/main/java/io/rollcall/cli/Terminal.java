package io.rollcall.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the world outside.
 *
 * @param out where results go
 * @param err where everything else goes
 * @param in where {@code -} is read from
 * @param environment the environment variables
 */
public record Terminal(PrintWriter out, PrintWriter err, InputStream in, Map<String, String> environment) {

    private static final String NO_COLOUR = "NO_COLOR";
    private static final String TYPE = "TERM";
    private static final String DUMB = "dumb";

    /** The size of the screen that {@link #out} is; null if it is none on which anything can be drawn. */
    @Nullable
    Screen screen() {
        return DUMB.equals(environment.get(TYPE)) ? null : Screen.of(environment);
    }

    /** Whether {@link #out} shows colours, and nobody has said that he does not want them. */
    boolean hasColours() {
        return screen() != null && environment.getOrDefault(NO_COLOUR, "").isEmpty();
    }

    /** Prints a line, in colours if there are any. */
    void show(ColouredText line) {
        out.println(line.shown(hasColours()));
    }
}
