package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.Conditions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command of {@code bin/rollcall} that runs, as a person would run it, on what the build has packaged. */
final class Launcher implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path output;

    private Launcher(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a command; what it prints goes to a file of its name in {@code folder}. */
    static Launcher start(Path folder, Map<String, String> environment, String... command) {
        Path here = Path.of("").toAbsolutePath();
        Path launcher = Stream.of(here, here.getParent())
                .map(root -> root.resolve("bin").resolve("rollcall"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no bin/rollcall at or above " + here));
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(command));
        try {
            Files.createDirectories(folder);
            Path output = Files.createTempFile(folder, command[0], ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ROLLCALL_"));
            builder.environment().put("ROLLCALL_BUILD", "never");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new Launcher(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words, e);
        }
    }

    /** Runs a command to its end, which must be a success, and returns what it printed. */
    static String run(Path folder, Map<String, String> environment, String... command) {
        try (Launcher launcher = start(folder, environment, command)) {
            assertThat(launcher.awaitEnd())
                    .as("%s printed: %s", String.join(" ", command), launcher.output())
                    .isZero();
            return launcher.output();
        }
    }

    /** The process, which is the command's JVM once it runs. */
    long pid() {
        return process.pid();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + output, e);
        }
    }

    void awaitOutput(String pattern) {
        Conditions.await(
                pattern,
                LIMIT,
                () -> assertThat(process.isAlive() ? output() : output() + "(ended)")
                        .containsPattern(pattern));
    }

    void terminate() {
        process.destroy();
    }

    int awaitEnd() {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("ended within %s", LIMIT)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
