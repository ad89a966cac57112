package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.Conditions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo on real nodes: what it prints can be typed, and its consumer does not notice that the leader is killed. */
final class DemoIT {

    private static final Path FOLDER = Path.of("target", "chaos", "demo").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PORTS = 3;
    private static final int RAFT_BELOW_HTTP = 200;

    @Test
    void theConsumerGoesOnWhenTheLeaderIsKilled() throws Exception {
        int port = freePorts();
        try (Launcher demo = Launcher.start(FOLDER, Map.of(), "demo", "--port", Integer.toString(port))) {
            demo.awaitOutput("user-service \\d+ calls? \\(001 ");
            Map<String, String> environment = Map.of("ROLLCALL_SERVERS", servers(demo));

            assertThat(Launcher.run(FOLDER, environment, "discover", "user-service", "--consistency", "linearizable"))
                    .contains("user-service-001", "user-service-002", "user-service-003", "3 instances");
            kill(leader(Launcher.run(FOLDER, environment, "cluster", "status")), demo);
            int reports = reports(demo);
            assertThat(Launcher.run(
                            FOLDER, environment, "register", "mine", "m-1", "--host", "127.0.0.1", "--port", "9999"))
                    .startsWith("registered mine/m-1 at http://127.0.0.1:9999");
            assertThat(Launcher.run(FOLDER, environment, "services")).contains("mine", "order-service", "user-service");
            assertThat(Launcher.run(FOLDER, environment, "deregister", "mine", "m-1"))
                    .startsWith("deregistered mine/m-1");

            demo.awaitOutput("is gone \\(pid \\d+, killed by signal 9\\)");
            Conditions.await(
                    "more reports", LIMIT, () -> assertThat(reports(demo)).isGreaterThan(reports + 2));
            List<ProcessHandle> nodes = nodes(demo);
            demo.terminate();
            assertThat(demo.awaitEnd()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .doesNotContain("FAILED")
                    .contains("samples deregistered", "all nodes are stopped");
            assertThat(nodes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }

    private static String servers(Launcher demo) {
        return find("export ROLLCALL_SERVERS=(\\S+)", demo.output());
    }

    private static String leader(String status) {
        return find("leader (n\\d)", status);
    }

    private static void kill(String id, Launcher demo) {
        long pid = Long.parseLong(find("kill -9 (\\d+) {4}# " + id, demo.output()));
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static int reports(Launcher demo) {
        return demo.output().split("order-service", -1).length;
    }

    private static List<ProcessHandle> nodes(Launcher demo) {
        List<ProcessHandle> nodes = new ArrayList<>();
        Matcher matcher = Pattern.compile("kill -9 (\\d+)").matcher(demo.output());
        while (matcher.find()) {
            ProcessHandle.of(Long.parseLong(matcher.group(1))).ifPresent(nodes::add);
        }
        return nodes;
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    /** The first of three ports in a row that are free, as are those for Raft below them. */
    private static int freePorts() {
        SplittableRandom random = new SplittableRandom();
        while (true) {
            // Below the ports that the kernel gives to connections.
            int first = random.nextInt(15_000, 32_000);
            if (areFree(first) && areFree(first - RAFT_BELOW_HTTP)) {
                return first;
            }
        }
    }

    private static boolean areFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
