package io.rollcall.chaos.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A history as a file: one observation a line, as JSON, compressed by gzip. What was saved can be checked again. */
public final class HistoryFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryFile() {}

    /**
     * Saves a history.
     *
     * @param file is replaced; its folder is made if it is missing
     * @param observations in any order
     */
    public static void write(Path file, List<Observation> observations) {
        ObjectWriter json = JSON.writerFor(Observation.class);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer out =
                    new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
                for (Observation observation : observations) {
                    out.write(json.writeValueAsString(observation));
                    out.write('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /**
     * Reads a history that was saved.
     *
     * @param file as written by {@link #write}
     * @return all observations, in the order of the file
     * @throws UncheckedIOException if the file cannot be read, or a line is none of ours; it names file and line
     */
    public static List<Observation> read(Path file) {
        ObjectReader json = JSON.readerFor(Observation.class);
        List<Observation> observations = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                observations.add(json.readValue(line));
            }
            return observations;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read line " + (observations.size() + 1) + " of the history " + file, e);
        }
    }
}
