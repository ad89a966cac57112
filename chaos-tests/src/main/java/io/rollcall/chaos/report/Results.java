package io.rollcall.chaos.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with one JSON file a scenario, so that what is known survives a driver that dies. */
public final class Results {

    private static final String SUFFIX = ".json";
    private static final int MAX_NAME_LENGTH = 120;

    private final ObjectMapper mapper = Json.mapper();
    private final Path folder;

    /**
     * Results in a folder, which need not exist.
     *
     * @param folder holds nothing else
     */
    public Results(Path folder) {
        this.folder = folder;
    }

    /** Deletes the results that are there. */
    public void clear() {
        for (Path file : files()) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        }
    }

    /**
     * Writes a result; one of the same name is replaced.
     *
     * @param result what a scenario came to
     * @return its file
     */
    public Path write(ScenarioResult result) {
        Path file = folder.resolve(fileName(result.name()));
        Path unfinished = folder.resolve(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(folder);
            mapper.writeValue(unfinished.toFile(), result);
            return Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the result " + file, e);
        }
    }

    /**
     * Reads all results.
     *
     * @return immutable, in the order of their start; empty if the folder is empty or missing
     */
    public List<ScenarioResult> read() {
        return files().stream()
                .map(this::read)
                .sorted(Comparator.comparingLong(ScenarioResult::startedAtMillis)
                        .thenComparing(ScenarioResult::name))
                .toList();
    }

    private ScenarioResult read(Path file) {
        try {
            return mapper.readValue(file.toFile(), ScenarioResult.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the result " + file, e);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Letters that every file system takes; the hash keeps apart what became the same by that. */
    static String fileName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[.-]+", "");
        if (safe.equals(name) && safe.length() <= MAX_NAME_LENGTH) {
            return safe + SUFFIX;
        }
        String start = safe.substring(0, Math.min(safe.length(), MAX_NAME_LENGTH));
        return start + "-" + Integer.toHexString(name.hashCode()) + SUFFIX;
    }
}
