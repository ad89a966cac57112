package io.rollcall.server.probe;

import static io.rollcall.server.probe.ProbeBed.check;
import static io.rollcall.server.probe.ProbeBed.target;
import static io.rollcall.server.probe.ProbeBed.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** TCP and UDP. */
final class SocketProbeIT {

    private static final Duration SHORT = Duration.ofMillis(500);

    private static ProbeBed bed;

    @BeforeAll
    static void start() {
        bed = new ProbeBed();
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
    }

    @Test
    void connectionThatOpensIsGood() throws Exception {
        try (var server =
                new RawServer((socket, number) -> socket.getInputStream().read())) {
            var result = bed.probe(target("127.0.0.1", server.port(), check(CheckType.TCP, "")));

            assertThat(result.outcome()).isEqualTo(Outcome.GOOD);
            assertThat(result.reason()).matches("connected in [0-9]+ ms");
        }
    }

    @Test
    void closedPortIsRefused() throws Exception {
        assertThat(bed.probe(target("127.0.0.1", HttpProbeIT.closedPort(), check(CheckType.TCP, ""))))
                .isEqualTo(ProbeResult.bad("connection refused"));
    }

    @Test
    void nextAddressIsTried() throws Exception {
        try (var server = new RawServer("127.0.0.2", (socket, number) -> {})) {
            bed.resolver.answer("two", "127.0.0.1", "127.0.0.2");

            assertThat(bed.probe(target("two", server.port(), check(CheckType.TCP, "")))
                            .outcome())
                    .isEqualTo(Outcome.GOOD);
        }
    }

    @Test
    void connectionThatDoesNotOpenIsNoAnswer() throws Exception {
        // A full accept queue drops what comes on top, as a firewall does.
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
            var fillers = new ArrayList<SocketChannel>();
            for (var i = 0; i < 8; i++) {
                var filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.connect(address);
                fillers.add(filler);
            }

            var result = bed.probe(target("127.0.0.1", address.getPort(), within(check(CheckType.TCP, ""), SHORT)));

            assertThat(result).isEqualTo(ProbeResult.bad("no answer in 500ms"));
            for (var filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void anyDatagramIsGoodAndTheQuestionIsAWord() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var question = CompletableFuture.supplyAsync(
                    () -> answerOnce(socket, new byte[0]), task -> new Thread(task).start());

            var result = bed.probe(target("127.0.0.1", socket.getLocalPort(), check(CheckType.UDP, "")));

            assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.GOOD);
            assertThat(result.reason()).matches("answered in [0-9]+ ms");
            assertThat(question).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo("rollcall");
        }
    }

    @Test
    void closedUdpPortIsUnreachable() throws Exception {
        int port;
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(bed.probe(target("127.0.0.1", port, check(CheckType.UDP, ""))))
                .isEqualTo(ProbeResult.bad("port unreachable"));
    }

    @Test
    void silentUdpPortIsNoAnswer() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var check = within(check(CheckType.UDP, ""), SHORT);

            assertThat(bed.probe(target("127.0.0.1", socket.getLocalPort(), check)))
                    .isEqualTo(ProbeResult.bad("no answer in 500ms"));
        }
    }

    private static String answerOnce(DatagramSocket socket, byte[] answer) {
        try {
            var packet = new DatagramPacket(new byte[100], 100);
            socket.receive(packet);
            var question = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            return question;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
