package io.rollcall.chaos.cluster;

import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One node as a process: its ports, its data folder and its log stay, the process comes and goes.
 *
 * <p>Not thread-safe but for {@link #http}, {@link #id} and {@link #isRunning}: one driver does things to it.
 */
public final class NodeProcess {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final int LOG_TAIL_LINES = 60;

    private final NodeAddress address;
    private final Path data;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final URI http;
    private final PlainClient probe;
    private final Runnable onStart;
    private volatile @Nullable Process process;
    private int starts;

    /**
     * A node that was never started.
     *
     * @param launch how it is started
     * @param logs folder of its log
     * @param command the words of its command line
     * @param onStart runs after each start
     */
    NodeProcess(NodeLaunch launch, Path logs, List<String> command, Runnable onStart) {
        this.onStart = onStart;
        this.address = launch.address();
        this.http = address.uri(launch.tls() != null);
        this.probe = new PlainClient(PROBE_TIMEOUT, launch.tls());
        this.data = launch.data();
        this.log = logs.resolve(address.id() + ".log");
        this.command = List.copyOf(command);
        this.environment = launch.environment();
    }

    /**
     * Returns the member's id.
     *
     * @return such as {@code n1}
     */
    public String id() {
        return address.id();
    }

    /**
     * Returns the address of its HTTP interface.
     *
     * @return on the loopback
     */
    public URI http() {
        return http;
    }

    /**
     * Returns its data folder.
     *
     * @return the folder
     */
    public Path data() {
        return data;
    }

    /**
     * Returns the log of all its runs.
     *
     * @return the file
     */
    public Path log() {
        return log;
    }

    /**
     * Starts it on the data it has, and does not wait.
     *
     * @throws IllegalStateException if it runs already
     */
    public void start() {
        start(List.of());
    }

    /**
     * Starts it with further options of the JVM, for this one run.
     *
     * @param jvmOptions such as {@code -Dname=value}
     * @throws IllegalStateException if it runs already
     */
    public void start(List<String> jvmOptions) {
        if (isRunning()) {
            throw new IllegalStateException(id() + " runs already");
        }
        starts++;
        List<String> words = new ArrayList<>(command);
        words.addAll(words.indexOf(ServerInstallation.JAR), jvmOptions);
        try {
            Files.createDirectories(data);
            mark("start " + starts + (jvmOptions.isEmpty() ? "" : " with " + jvmOptions));
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("ROLLCALL_") || name.startsWith("OTEL_"));
            // Whoever looks for a cause reads the log himself.
            builder.environment().put("ROLLCALL_LOG_FORMAT", "text");
            builder.environment().putAll(environment);
            process = builder.start();
            onStart.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + id(), e);
        }
    }

    /**
     * Tells whether the process exists, frozen or not.
     *
     * @return true between start and end
     */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /**
     * Returns the running process.
     *
     * @return its id
     */
    public long pid() {
        return running().pid();
    }

    /** The process if it runs. */
    OptionalLong runningPid() {
        Process current = process;
        return current != null && current.isAlive() ? OptionalLong.of(current.pid()) : OptionalLong.empty();
    }

    /** Kills it as by {@code kill -9} and returns when it is gone. */
    public void kill() {
        kill(running());
        mark("killed by SIGKILL");
    }

    /** Sends SIGKILL if it runs, and does not wait. */
    void signalEnd() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
        }
    }

    /** Kills it if it runs; for the end of a test. */
    void discard() {
        Process current = process;
        if (current != null) {
            kill(current);
        }
    }

    /**
     * Asks it to end as by {@code kill -TERM} and waits for it.
     *
     * @param limit how long to wait
     * @return its exit status
     * @throws AssertionError if it has not ended by then
     */
    public int terminate(Duration limit) {
        running().destroy();
        return awaitExit(limit);
    }

    /**
     * Waits for its end.
     *
     * @param limit how long to wait
     * @return its exit status
     * @throws AssertionError if it has not ended by then
     */
    public int awaitExit(Duration limit) {
        Process current = started();
        try {
            if (!current.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(id() + " has not ended within " + limit + describeLog());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        mark("ended with status " + current.exitValue());
        return current.exitValue();
    }

    /** Freezes it as by {@code kill -STOP}, and returns when the kernel shows it as stopped. */
    public void pause() {
        Signal.STOP.sendTo(pid());
        Conditions.await("SIGSTOP to hit " + id(), Duration.ofSeconds(5), () -> {
            if (!isPaused()) {
                throw new AssertionError(id() + " is not stopped");
            }
        });
    }

    /** Thaws it. */
    public void resume() {
        Signal.CONT.sendTo(pid());
    }

    /**
     * Tells whether the process is frozen.
     *
     * @return true if the kernel shows it as stopped
     */
    public boolean isPaused() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the state of " + id(), e);
        }
    }

    /** Deletes its data, as a lost disk would. It must not run. */
    public void wipe() {
        if (isRunning()) {
            throw new IllegalStateException(id() + " runs: end it before its data is wiped");
        }
        Folders.delete(data);
        mark("data wiped");
    }

    /**
     * Waits until it may serve everything.
     *
     * @param limit how long to wait
     * @throws AssertionError if it is not ready by then, or has ended
     */
    public void awaitReady(Duration limit) {
        Conditions.await(id() + " to be ready", limit, () -> assertReady(Paths.READYZ));
    }

    /**
     * Asks it once whether it may serve everything.
     *
     * @return false also if it does not answer
     */
    public boolean isReady() {
        return probe.send(http(), ApiRequest.get(Paths.READYZ)).hasStatus(200);
    }

    /** Asks it something, once. */
    Outcome ask(ApiRequest request) {
        return probe.send(http(), request);
    }

    private void assertReady(String path) {
        if (!isRunning()) {
            throw new IllegalStateException(
                    id() + " ended by itself with status " + started().exitValue() + describeLog());
        }
        Outcome outcome = probe.send(http(), ApiRequest.get(path));
        if (!outcome.hasStatus(200)) {
            throw new AssertionError(id() + " answers " + path + " with " + outcome + describeLog());
        }
    }

    /**
     * Returns all lines of its log.
     *
     * @return of all its runs
     */
    public List<String> logLines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    private String describeLog() {
        List<String> lines = logLines();
        return "\n--- the end of " + log + "\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    /** Writes what the driver does into the node's log, where the reader of a failure looks for it. */
    private void mark(String what) {
        try {
            Files.writeString(
                    log,
                    "---- driver: " + id() + " " + what + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + log, e);
        }
    }

    private Process running() {
        if (!isRunning()) {
            throw new IllegalStateException(id() + " does not run" + describeLog());
        }
        return started();
    }

    private Process started() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(id() + " was never started");
        }
        return current;
    }

    private void kill(Process target) {
        target.destroyForcibly();
        try {
            if (!target.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(id() + " outlived SIGKILL for " + KILL_LIMIT);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for a process", cause);
    }
}
