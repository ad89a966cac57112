package io.rollcall.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server process that this one started, and ends at the latest with itself. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(20);
    private static final int LOG_TAIL_LINES = 30;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread onExit;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.onExit = new Thread(process::destroyForcibly, "end " + name);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * Starts a process.
     *
     * @param name for messages and the log file
     * @param command with its arguments
     * @param environment on top of this process's own
     * @param folder where it runs and its log is appended; made if absent
     * @return running
     */
    public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path folder) {
        try {
            Files.createDirectories(folder);
            var log = folder.resolve(name + ".out");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + " with " + command.get(0), e);
        }
    }

    /** Returns its process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns its handle: arguments, processor time. */
    public ProcessHandle.Info facts() {
        return process.toHandle().info();
    }

    /** Returns the processor time it used so far; zero once it is gone. */
    public Duration cpu() {
        return facts().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * Throws if the process has ended by itself.
     *
     * @throws IllegalStateException with the end of its log
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with status " + process.exitValue() + ":\n" + logTail());
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(STOP_WAIT_MAX);
        Runtime.getRuntime().removeShutdownHook(onExit);
    }

    /** Ends it as SIGTERM does; after {@code STOP_WAIT_MAX} as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroy();
        if (awaitExit(STOP_WAIT_MAX)) {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } else {
            kill();
        }
    }

    /** Returns the last lines it wrote. */
    public String logTail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(its log " + log + " cannot be read: " + e + ")";
        }
    }

    private boolean awaitExit(Duration wait) {
        try {
            return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ended", e);
        }
    }
}
