package io.rollcall.chaos.history;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A history as a file: one observation a line. What was saved can be checked again. */
public final class HistoryFile {

    private HistoryFile() {}

    /**
     * Saves a history.
     *
     * @param file is replaced; its folder is made if it is missing
     * @param observations in any order
     */
    public static void write(Path file, List<Observation> observations) {
        JsonLines.write(file, Observation.class, observations);
    }

    /**
     * Reads a history that was saved.
     *
     * @param file as written by {@link #write}
     * @return all observations, in the order of the file
     * @throws UncheckedIOException if the file cannot be read, or a line is none of ours; it names file and line
     */
    public static List<Observation> read(Path file) {
        return JsonLines.read(file, Observation.class);
    }
}
