package io.rollcall.cli.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One node as a process of its own, started by the launcher; its process id is the node's, since the launcher execs. */
final class NodeProcess {

    private static final String JVM_OPTIONS = "-Xms32m -Xmx256m -XX:+UseSerialGC";
    private static final String JVM_OPTIONS_VARIABLE = "ROLLCALL_JAVA_OPTS";
    private static final int MAX_TAIL_BYTES = 16 * 1024;

    private final NodeAddress address;
    private final String typedCommand;
    private final Path log;
    private final Process process;

    private NodeProcess(NodeAddress address, String typedCommand, Path log, Process process) {
        this.address = address;
        this.typedCommand = typedCommand;
        this.log = log;
        this.process = process;
    }

    static NodeProcess start(DemoSettings settings, NodeAddress address, Path data) throws DemoException {
        List<String> options = List.of(
                "server",
                "--id",
                address.id(),
                "--data",
                data.resolve(address.id()).toString(),
                "--http",
                address.http(),
                "--raft",
                address.raft(),
                "--peers",
                settings.peers());
        // Ctrl-C goes to every process of the terminal: a node that stopped by itself could not take the
        // deregistrations any more. What is ignored stays so over exec.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "node"));
        command.add(settings.launcher().toString());
        command.addAll(options);
        Path log = data.resolve(address.id() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        adapt(builder.environment());
        try {
            return new NodeProcess(address, typed(settings.typedLauncher(), options), log, builder.start());
        } catch (IOException e) {
            throw new DemoException("node " + address.id() + " could not be started: " + e.getMessage(), e);
        }
    }

    private static String typed(String launcher, List<String> options) {
        return Stream.concat(Stream.of(launcher), options.stream())
                .map(word -> word.matches("[A-Za-z0-9_./:=,@-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static void adapt(Map<String, String> environment) {
        String ofTheCaller = environment.getOrDefault(JVM_OPTIONS_VARIABLE, "");
        // Settings of the caller's own node must not reach these.
        environment.keySet().removeIf(name -> name.startsWith("ROLLCALL_") && !name.equals("ROLLCALL_HOME"));
        // Should this process be killed, the nodes end by themselves.
        String parent = " -Drollcall.parent=" + ProcessHandle.current().pid();
        environment.put(JVM_OPTIONS_VARIABLE, (JVM_OPTIONS + parent + " " + ofTheCaller).strip());
        // Whoever looks into the logs of a demo reads them himself.
        environment.put("ROLLCALL_LOG_FORMAT", "text");
        // The launcher has looked already, when it started the demo.
        environment.put("ROLLCALL_BUILD", "never");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    NodeAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Such as {@code exit status 1}, or {@code killed by signal 9}. Only for a process that has ended. */
    String end() {
        int status = process.exitValue();
        return status > 128 ? "killed by signal " + (status - 128) : "exit status " + status;
    }

    /** What to type to start the node again. */
    String typedCommand() {
        return typedCommand;
    }

    /** The last lines of the log. */
    String logTail(int lines) {
        if (!Files.isReadable(log)) {
            return "(no log)";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            int size = (int) Math.min(file.length(), MAX_TAIL_BYTES);
            byte[] tail = new byte[size];
            file.seek(file.length() - size);
            file.readFully(tail);
            List<String> all = new String(tail, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Asks the process to end. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end, and enforces it when the time is over. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        kill();
        return false;
    }

    /** Returns when the process is gone, so that its folder can go, too. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
