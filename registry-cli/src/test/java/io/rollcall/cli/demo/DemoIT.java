package io.rollcall.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {

    @TempDir
    private Path folder;

    @Test
    void consumesUntilCtrlCAndLeavesNothingBehind() throws Exception {
        try (DemoRun demo = start(DemoRun.launcher(folder, ""), 1)) {
            demo.awaitOutput("user-service \\d+ calls? \\(001 \\d+, 002 \\d+, 003 \\d+\\); order-service \\d+ calls");
            List<ProcessHandle> nodes = demo.nodes();

            demo.interruptGroup();

            assertThat(demo.awaitEnd()).isZero();
            assertThat(demo.output()).contains("samples deregistered", "all nodes are stopped");
            assertThat(demo.output()).doesNotContain("FAILED", "is gone", "-> critical");
            assertThat(nodes).hasSize(1).noneMatch(ProcessHandle::isAlive);
            assertThat(folders()).isEmpty();
        }
    }

    @Test
    void showsHowASampleThatFailsAndOneThatIsSilentLeaveAndReturn() throws Exception {
        try (DemoRun demo = start(DemoRun.launcher(folder, ""), 1, "--trouble=9s")) {
            // The return that follows: on a machine under load its first check may fail, before all this.
            demo.awaitOutput("(?s)user-service-002 {2}passing -> critical {2}\\(the check failed\\)"
                    + ".*user-service-002 {2}critical -> passing");
            // In between it was not called, but perhaps once in the moment before its return was seen.
            assertThat(demo.output())
                    .containsPattern("002 {2}passing -> critical.*\n(.* \\* .*\n)*"
                            + ".*user-service \\d+ calls? \\(001 \\d+, (002 1, )?003 \\d+\\);");
            demo.awaitOutput("(?s)order-service-002 {2}passing -> critical {2}\\(the lease lapsed\\)"
                    + ".*order-service-002 {2}critical -> passing");

            demo.interruptGroup();

            assertThat(demo.awaitEnd()).isZero();
            assertThat(demo.output()).contains("samples deregistered");
        }
    }

    @Test
    void saysHowToStartADeadNodeAgainAndWhenItIsBack() throws Exception {
        try (DemoRun demo = start(DemoRun.launcher(folder, ""), 3, "--empty")) {
            demo.awaitOutput("Ctrl-C stops everything");

            demo.nodes().get(1).destroyForcibly();
            demo.awaitOutput("n2 is gone \\(pid \\d+, killed by signal 9\\)");

            Matcher line = Pattern.compile("again with:\n {4}(.*)\n").matcher(demo.output());
            assertThat(line.find()).isTrue();
            Process restarted = new ProcessBuilder("sh", "-c", "exec " + line.group(1)).start();
            try {
                demo.awaitOutput("n2 is back");
            } finally {
                restarted.destroyForcibly().waitFor();
            }
            demo.terminate();
            assertThat(demo.awaitEnd()).isZero();
            assertThat(demo.nodes()).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void showsTheEndOfTheLogOfANodeThatDoesNotStart() throws Exception {
        Path launcher = DemoRun.launcher(folder, "if [ $3 = n2 ]; then echo 'disk is full'; exit 3; fi");

        try (DemoRun demo = start(launcher, 3)) {
            assertThat(demo.awaitEnd()).isEqualTo(1);
            assertThat(demo.output())
                    .contains(
                            "node n2 ended while it started (exit status 3)", "disk is full", "all nodes are stopped");
            assertThat(demo.nodes()).noneMatch(ProcessHandle::isAlive);
            assertThat(folders()).isEmpty();
        }
    }

    @Test
    void keepsTheDataThatItWasGivenAFolderFor() throws Exception {
        Path data = folder.resolve("my data");
        try (DemoRun demo = start(DemoRun.launcher(folder, ""), 1, "--empty", "--data", data.toString())) {
            demo.awaitOutput("the data stays");
            demo.terminate();

            assertThat(demo.awaitEnd()).isZero();
            assertThat(data.resolve("n1.log")).exists();
        }
    }

    @Test
    void namesThePortsInUseBeforeAnythingStarts() throws Exception {
        int port = DemoRun.freePorts(4);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 1));
            try (DemoRun demo = DemoRun.start(
                    folder, DemoRun.launcher(folder, ""), "--nodes=2", "--port=" + port, "--raft-port=" + (port + 2))) {

                assertThat(demo.awaitEnd()).isEqualTo(1);
                assertThat(demo.output())
                        .contains("in use on 127.0.0.1: " + (port + 1) + " (HTTP of n2)", "--port")
                        .doesNotContain("starting");
            }
        }
    }

    private DemoRun start(Path launcher, int nodes, String... options) throws IOException {
        int port = DemoRun.freePorts(2 * nodes);
        String[] all = Stream.concat(
                        Stream.of("--nodes=" + nodes, "--port=" + port, "--raft-port=" + (port + nodes)),
                        Stream.of(options))
                .toArray(String[]::new);
        return DemoRun.start(folder, launcher, all);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .filter(file -> file.getFileName().toString().startsWith("rollcall-demo-"))
                    .toList();
        }
    }
}
