package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.Conditions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the programs that the documentation shows, as a process of its own. */
final class Program implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a main class; what it prints goes to a file of its name in {@code folder}. */
    static Program start(Path folder, Class<?> main, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.addAll(List.of("-cp", classPath(), main.getName()));
        words.addAll(arguments);
        try {
            Files.createDirectories(folder);
            Path output = Files.createTempFile(folder, main.getSimpleName(), ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            return new Program(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words, e);
        }
    }

    /** That of this JVM, but for what is of the scenarios, such as the settings of their log. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("chaos-tests")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + output, e);
        }
    }

    void awaitOutput(String text) {
        Conditions.await(
                text,
                LIMIT,
                () -> assertThat(process.isAlive() ? output() : output() + "(ended)")
                        .contains(text));
    }

    /** Asks it to end, as Ctrl-C does. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end, and returns what it has printed. */
    String awaitEnd() {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("ended within %s", LIMIT)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return output();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
