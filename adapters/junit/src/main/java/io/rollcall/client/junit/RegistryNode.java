package io.rollcall.client.junit;

import io.rollcall.api.http.Paths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One node of a test's registry, as a process: its ports and its data stay, the process comes and goes.
 *
 * <p>Not thread-safe but for what only tells: one test at a time does things to it.
 */
public final class RegistryNode {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
    private static final int PROBE_TIMEOUT_MILLIS = 1_000;
    private static final long POLL_MILLIS = 25;
    private static final int LOG_TAIL_LINES = 60;

    private final String id;
    private final URI url;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Duration startTimeout;
    private volatile @Nullable Process process;
    private volatile boolean isPaused;

    /**
     * A node that was never started.
     *
     * @param id such as {@code n1}
     * @param url of its HTTP interface
     * @param command the words that start it
     * @param log takes what it prints, of all its runs
     * @param settings the environment, and how long a start may take
     */
    RegistryNode(String id, URI url, List<String> command, Path log, ClusterSettings settings) {
        this.id = id;
        this.url = url;
        this.command = List.copyOf(command);
        this.log = log;
        this.environment = settings.environment();
        this.startTimeout = settings.startTimeout();
    }

    /**
     * Returns the member's id.
     *
     * @return such as {@code n1}
     */
    public String id() {
        return id;
    }

    /**
     * Returns the URL of its HTTP interface.
     *
     * @return such as {@code http://127.0.0.1:18500}
     */
    public URI url() {
        return url;
    }

    /**
     * Tells whether its process exists, paused or not.
     *
     * @return true between start and end
     */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /**
     * Returns its process.
     *
     * @return the id of the process
     * @throws IllegalStateException if it does not run
     */
    public long pid() {
        return running().pid();
    }

    /**
     * Asks it once whether it may serve everything.
     *
     * @return false also if it does not answer
     */
    public boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url.resolve(Paths.READYZ).toURL().openConnection();
            connection.setConnectTimeout(PROBE_TIMEOUT_MILLIS);
            connection.setReadTimeout(PROBE_TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            // Not listening yet, or not any more.
            return false;
        }
    }

    /**
     * Starts it on the data it has, and does not wait.
     *
     * @throws IllegalStateException if it runs already
     */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(id + " runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Settings of somebody else's node must not reach this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLCALL_"));
        builder.environment().putAll(environment);
        try {
            isPaused = false;
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + id, e);
        }
    }

    /**
     * Waits until it may serve everything, which takes a majority of the nodes.
     *
     * @throws IllegalStateException with the end of its log, if it has ended, or is not ready in time
     */
    public void awaitReady() {
        long begun = System.nanoTime();
        while (!isReady()) {
            if (!isRunning()) {
                throw new IllegalStateException(
                        id + " ended with status " + started().exitValue() + " before it was ready" + describeLog());
            }
            if (System.nanoTime() - begun > startTimeout.toNanos()) {
                throw new IllegalStateException(id + " was not ready within " + startTimeout + describeLog());
            }
            rest(POLL_MILLIS);
        }
    }

    /**
     * Kills it as by {@code kill -9}, and returns when it is gone.
     *
     * @throws IllegalStateException if it does not run
     */
    public void kill() {
        awaitEnd(running().destroyForcibly(), SIGNAL_LIMIT);
    }

    /** Asks it to end as by {@code kill -TERM}, waits for that, and kills it if it takes too long. */
    public void stop() {
        askToEnd();
        end();
    }

    /** Stops it if it runs, starts it on the data it has, and waits until it is ready. */
    public void restart() {
        stop();
        start();
        awaitReady();
    }

    /**
     * Freezes it as by {@code kill -STOP}: it keeps its connections and answers nothing.
     *
     * @throws IllegalStateException if it does not run, or this system has no such signals
     */
    public void pause() {
        long target = pid();
        Signal.STOP.sendTo(target);
        isPaused = true;
        // The kernel stops the threads one after the other.
        long begun = System.nanoTime();
        while (!Signal.hasStopped(target) && System.nanoTime() - begun < SIGNAL_LIMIT.toNanos()) {
            rest(1);
        }
    }

    /**
     * Thaws it.
     *
     * @throws IllegalStateException if it does not run
     */
    public void resume() {
        Signal.CONT.sendTo(pid());
        isPaused = false;
    }

    /**
     * Returns what it printed last.
     *
     * @return up to 60 lines, of all its runs
     */
    public List<String> logTail() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return List.copyOf(lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    @Override
    public String toString() {
        return id + " at " + url;
    }

    /** Sends SIGTERM if it runs, and does not wait. */
    void askToEnd() {
        Process current = process;
        if (current != null && current.isAlive()) {
            current.destroy();
            if (isPaused) {
                resume();
            }
        }
    }

    /** Waits for the end that it was asked for, and enforces it. */
    void end() {
        Process current = process;
        if (current != null && !awaitEnd(current, STOP_LIMIT)) {
            awaitEnd(current.destroyForcibly(), SIGNAL_LIMIT);
        }
    }

    private static boolean awaitEnd(Process target, Duration limit) {
        try {
            return target.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            target.destroyForcibly();
            throw interrupted(e);
        }
    }

    private Process running() {
        if (!isRunning()) {
            throw new IllegalStateException(id + " does not run");
        }
        return started();
    }

    private Process started() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(id + " was never started");
        }
        return current;
    }

    private String describeLog() {
        return "\n--- what it printed last; it was started by: " + String.join(" ", command) + "\n"
                + String.join("\n", logTail()) + "\n---";
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for a node", cause);
    }
}
