package io.rollcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.cli.RollcallCommand;
import io.rollcall.client.fake.FakeNodeProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A demo as a process, in a process group of its own as a terminal would give it. */
final class DemoRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern PID = Pattern.compile("pid (\\d+) {2}log");

    private final Path output;
    private final Process process;

    private DemoRun(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** The launcher's part: a script that becomes a node. {@code before} runs first; {@code $3} is the node's id. */
    static Path launcher(Path folder, String before) throws IOException {
        String script = "#!/bin/sh\n" + before + "\nshift\nexec '" + java() + "' -Xmx32m -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + FakeNodeProgram.class.getName() + " \"$@\"\n";
        Path launcher = Files.writeString(folder.resolve("launcher"), script);
        return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    static DemoRun start(Path folder, Path launcher, String... options) throws IOException {
        Path output = folder.resolve("output");
        // setsid makes the process the leader of a group, so that a test can signal it as Ctrl-C does; a build in the
        // background of a shell ignores SIGINT, and so would what it starts.
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "env",
                "--default-signal=INT",
                java(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-Drollcall.launcher=" + launcher,
                "-cp",
                System.getProperty("java.class.path"),
                RollcallCommand.class.getName(),
                "demo"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new DemoRun(output, process);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The first of as many ports in a row that nobody listens on. */
    static int freePorts(int count) {
        SplittableRandom random = new SplittableRandom();
        while (true) {
            // Below the ports that the kernel gives to connections.
            int first = random.nextInt(15_000, 32_000);
            boolean free = true;
            for (int port = first; port < first + count; port++) {
                free &= isFree(port);
            }
            if (free) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void awaitOutput(String pattern) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(output()).containsPattern(pattern));
    }

    List<ProcessHandle> nodes() {
        List<ProcessHandle> nodes = new ArrayList<>();
        Matcher matcher = PID.matcher(output());
        while (matcher.find()) {
            ProcessHandle.of(Long.parseLong(matcher.group(1))).ifPresent(nodes::add);
        }
        return nodes;
    }

    void interruptGroup() throws IOException, InterruptedException {
        // By the shell: a bare system has no program of that name.
        assertThat(new ProcessBuilder("sh", "-c", "kill -s INT -- -" + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    void terminate() {
        process.destroy();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        nodes().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
