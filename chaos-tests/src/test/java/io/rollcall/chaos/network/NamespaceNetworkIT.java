package io.rollcall.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Namespaces come, lose what they should, and go without a trace. Skipped without root. */
final class NamespaceNetworkIT {

    private static final int CONNECT_MILLIS = 500;
    private static final int PORT = 9;

    /** Above what the kernel gives to any process. */
    private static final long DEAD_DRIVER = 4_194_305;

    private final NamespaceNetwork network = NamespaceNetwork.create();

    @BeforeEach
    void requireRights() {
        Optional<String> missing = NamespaceNetwork.missing();
        assumeTrue(missing.isEmpty(), () -> "no network namespaces here: " + missing.orElse(""));
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void whatADeadDriverLeftIsDeleted() {
        Namespace left = Namespace.of(DEAD_DRIVER, "n1");
        left.add();

        network.setUp(addresses());

        assertThat(namespaces()).noneMatch(name -> name.startsWith(left.name()));
    }

    @Test
    void itLeavesNothingBehind() {
        network.setUp(addresses());
        assertThat(namespaces()).anyMatch(name -> name.contains(own()));

        network.close();
        network.close();

        assertThat(namespaces()).noneMatch(name -> name.contains(own()));
        assertThat(SystemCommand.run("ip -o link")).noneMatch(link -> link.contains("rc" + own()));
    }

    @Test
    void aCutDropsWhatOneNodeSendsToAnother() throws Exception {
        network.setUp(addresses());
        assertThat(connects("n1", "n2")).isTrue();

        network.cut("n1", "n2");
        network.cut("n1", "n2");

        assertThat(connects("n1", "n2")).isFalse();
        assertThat(network.stopped("n1", "n2")).isPositive();
        assertThat(network.stopped("n2", "n1")).isZero();
        try (Socket driver = new Socket()) {
            assertThatThrownBy(() -> driver.connect(new InetSocketAddress(host("n2"), PORT), CONNECT_MILLIS))
                    .as("the driver is no node")
                    .hasMessageContaining("refused");
        }
        network.heal();
        assertThat(connects("n1", "n2")).isTrue();
        assertThat(network.stopped("n1", "n2")).isPositive();
    }

    @Test
    void packetsAreLostAtRandomUntilItIsHealed() throws Exception {
        network.setUp(addresses());

        network.lose("n1", "n2", 0.5);
        network.lose("n1", "n2", 1);

        assertThat(connects("n1", "n2")).isFalse();
        assertThat(network.lost("n1", "n2")).isPositive();
        network.heal();
        assertThat(connects("n1", "n2")).isTrue();
    }

    @Test
    void aNodeRunsInItsNamespaceInTheProcessThatWasStarted() throws Exception {
        network.setUp(addresses());

        Process process = start("n1", "sleep", "60");

        try {
            Conditions.await(
                    "the program to run",
                    Duration.ofSeconds(10),
                    () -> assertThat(Path.of("/proc", Long.toString(process.pid()), "comm"))
                            .content()
                            .isEqualToIgnoringNewLines("sleep"));
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Nobody listens, so an answer is a refusal. */
    private boolean connects(String from, String to) throws IOException, InterruptedException {
        Process process = start(from, "timeout", "0.5", "bash", "-c", "echo > /dev/tcp/" + host(to) + "/" + PORT);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() != 124 && output.contains("refused");
    }

    private Process start(String node, String... words) throws IOException {
        List<String> command = new ArrayList<>(launch(node).prefix());
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String host(String node) {
        return launch(node).address().host();
    }

    private NodeLaunch launch(String node) {
        NodeAddress address = addresses().stream()
                .filter(each -> each.id().equals(node))
                .findFirst()
                .orElseThrow();
        return network.surround(new NodeLaunch(address, Path.of("data"), List.of(), List.of(), Map.of(), null));
    }

    private static List<NodeAddress> addresses() {
        return List.of(
                new NodeAddress("n1", NodeAddress.LOOPBACK, NodeAddress.LOOPBACK, 1, 2),
                new NodeAddress("n2", NodeAddress.LOOPBACK, NodeAddress.LOOPBACK, 3, 4));
    }

    private static List<String> namespaces() {
        return SystemCommand.run("ip netns list");
    }

    private static String own() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
