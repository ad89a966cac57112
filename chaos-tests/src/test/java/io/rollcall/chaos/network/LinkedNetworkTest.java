package io.rollcall.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.NodeAddress;
import io.rollcall.chaos.cluster.NodeLaunch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network gives each node its own view of the others, and cuts exactly the flows it is told to. */
final class LinkedNetworkTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LinkedNetwork network = LinkedNetwork.create(new SplittableRandom(42));
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final List<NodeAddress> nodes = new ArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        for (int i = 1; i <= 3; i++) {
            ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            nodes.add(new NodeAddress("n" + i, NodeAddress.LOOPBACK, NodeAddress.LOOPBACK, 1, socket.getLocalPort()));
        }
        network.setUp(nodes);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void eachNodeKnowsItselfDirectlyAndTheOthersByTheirLinks() throws IOException {
        NodeLaunch launch = network.surround(launch(nodes.get(1)));

        Path hosts = Path.of(launch.jvmOptions().get(0).substring("-Djdk.net.hosts.file=".length()));
        assertThat(Files.readAllLines(hosts))
                .containsExactly(
                        "127.0.0.1 localhost",
                        "127.0.0.1 n2.rollcall.test",
                        "127.2.1.1 n1.rollcall.test",
                        "127.2.3.1 n3.rollcall.test");
        assertThat(launch.address().raftName()).isEqualTo("n2.rollcall.test");
        network.close();
        assertThat(Files.exists(hosts)).isFalse();
    }

    @Test
    void aMuteNodeIsNotHeardAndHears() throws IOException {
        try (Socket asked = call("127.1.2.1", 1);
                Socket heard = sockets.get(1).accept()) {
            network.mute("n1");
            asked.getOutputStream().write(1);
            heard.getOutputStream().write(2);

            assertThat(asked.getInputStream().read()).isEqualTo(2);
            Conditions.await(
                    "the cut to hit",
                    LIMIT,
                    () -> assertThat(network.stopped("n1", "n2")).isEqualTo(1));
            assertThat(network.stopped("n2", "n1")).isZero();
            network.heal();
            assertThat(heard.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void aHealByResetDeliversNothingAndSparesOtherLinks() throws IOException {
        try (Socket cut = call("127.1.2.1", 1);
                Socket cutEnd = sockets.get(1).accept();
                Socket other = call("127.1.3.1", 2);
                Socket otherEnd = sockets.get(2).accept()) {
            network.part("n1", "n2");
            cut.getOutputStream().write(1);
            Conditions.await(
                    "the cut to hit",
                    LIMIT,
                    () -> assertThat(network.stopped("n1", "n2")).isEqualTo(1));

            network.healByReset();

            assertThatThrownBy(() -> cutEnd.getInputStream().read()).hasMessageContaining("reset");
            assertThatThrownBy(() -> cut.getInputStream().read()).hasMessageContaining("reset");
            other.getOutputStream().write(3);
            assertThat(otherEnd.getInputStream().read()).isEqualTo(3);
            assertThat(network.counters("n1", "n3").deliveredBytes()).isEqualTo(1);
        }
    }

    @Test
    void aNodeThatDoesNotListenResetsItsCallers() throws IOException {
        sockets.get(1).close();
        try (Socket caller = call("127.1.2.1", 1)) {
            assertThatThrownBy(() -> caller.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void unknownFlowsAreRefused() {
        assertThatThrownBy(() -> network.cut("n1", "n1")).isInstanceOf(IllegalArgumentException.class);
    }

    private Socket call(String linkHost, int node) throws IOException {
        Socket caller = new Socket(linkHost, nodes.get(node).raftPort());
        caller.setSoTimeout((int) LIMIT.toMillis());
        return caller;
    }

    private static NodeLaunch launch(NodeAddress node) {
        return new NodeLaunch(node, Path.of("data"), List.of(), List.of(), Map.of(), null);
    }
}
