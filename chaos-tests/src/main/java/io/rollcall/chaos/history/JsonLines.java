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

/** Files of values: one a line, as JSON, compressed by gzip. */
public final class JsonLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLines() {}

    /**
     * Saves values.
     *
     * @param <T> their type
     * @param file is replaced; its folder is made if it is missing
     * @param type of the values
     * @param values in the order of the file
     */
    public static <T> void write(Path file, Class<T> type, List<? extends T> values) {
        ObjectWriter json = JSON.writerFor(type);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer out =
                    new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
                for (T value : values) {
                    out.write(json.writeValueAsString(value));
                    out.write('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /**
     * Reads values that were saved.
     *
     * @param <T> their type
     * @param file as written by {@link #write}
     * @param type of the values
     * @return all values, in the order of the file
     * @throws UncheckedIOException if the file cannot be read, or a line is none of ours; it names file and line
     */
    public static <T> List<T> read(Path file, Class<T> type) {
        ObjectReader json = JSON.readerFor(type);
        List<T> values = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                values.add(json.readValue(line));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read line " + (values.size() + 1) + " of the history " + file, e);
        }
    }
}
