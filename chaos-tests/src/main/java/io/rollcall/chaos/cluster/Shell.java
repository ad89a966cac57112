package io.rollcall.chaos.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that harness and faults are made of. */
public final class Shell {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Shell() {}

    /**
     * Runs a program to its end.
     *
     * @param command its name and arguments
     * @return what it printed
     * @throws IllegalStateException if it fails, or does not end within a minute; with what it printed
     */
    public static String run(String... command) {
        try {
            Path output = Files.createTempFile("rollcall-shell", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .start();
                boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
                String printed = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended) {
                    process.destroyForcibly();
                    throw new IllegalStateException(List.of(command) + " did not end within " + LIMIT + ": " + printed);
                }
                if (process.exitValue() != 0) {
                    throw new IllegalStateException(
                            List.of(command) + " ended with status " + process.exitValue() + ": " + printed);
                }
                return printed;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + List.of(command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + List.of(command), e);
        }
    }

    /**
     * Looks for programs.
     *
     * @param programs their names
     * @return the first one that is not on the path of a root user; empty if all are there
     */
    public static Optional<String> missing(String... programs) {
        for (String program : programs) {
            boolean found = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            if (!found) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /**
     * Tells whether this process is root's.
     *
     * @return true for user id 0
     */
    public static boolean isRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
