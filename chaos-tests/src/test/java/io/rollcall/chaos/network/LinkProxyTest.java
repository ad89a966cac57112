package io.rollcall.chaos.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.fault.Hold;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link does to a connection what a network would: it holds and delays, and never loses, doubles or reorders. */
final class LinkProxyTest {

    private static final long SEED = 42;
    private static final String LINK_HOST = "127.1.2.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int SILENCE_MILLIS = 200;

    /** Longer than the first timeout of a connection that is being made. */
    private static final int HANDSHAKE_MILLIS = 1_500;

    private static final byte[] SHORT = {1, 2, 3, 4, 5};

    private final Flow there = new Flow("n1", "n2", new SplittableRandom(SEED));
    private final Flow back = new Flow("n2", "n1", new SplittableRandom(SEED));
    private ServerSocket node;
    private LinkProxy link;

    @BeforeEach
    void openLink() throws IOException {
        node = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        link = new LinkProxy(
                new InetSocketAddress(LINK_HOST, node.getLocalPort()),
                new InetSocketAddress(node.getInetAddress(), node.getLocalPort()),
                there,
                back);
    }

    @AfterEach
    void closeLink() throws IOException {
        link.close();
        node.close();
    }

    @Test
    void bytesPassBothWaysAndEachEndOfADirectionDoes() throws Exception {
        try (Socket caller = call();
                Socket called = node.accept()) {
            byte[] large = bytes(1_000_000);
            CompletableFuture<Void> sent = send(caller, large);
            assertThat(called.getInputStream().readNBytes(large.length)).isEqualTo(large);
            sent.join();
            caller.shutdownOutput();
            assertThat(called.getInputStream().read()).isNegative();

            called.getOutputStream().write(SHORT);
            called.shutdownOutput();

            assertThat(caller.getInputStream().readAllBytes()).isEqualTo(SHORT);
            Conditions.await(
                    "the connection to be over",
                    LIMIT,
                    () -> assertThat(link.connections()).isZero());
            assertThat(there.counters()).isEqualTo(new FlowCounters(large.length, 0, 0, 0, 0));
            assertThat(back.counters()).isEqualTo(new FlowCounters(SHORT.length, 0, 0, 0, 0));
        }
    }

    @Test
    void aCutHoldsOneDirectionAloneAndHealsWithoutLoss() throws Exception {
        try (Socket caller = call();
                Socket called = node.accept()) {
            called.setSoTimeout(SILENCE_MILLIS);
            there.setCut(true);
            byte[] large = bytes(3_000_000);
            CompletableFuture<Void> sent = send(caller, large);
            called.getOutputStream().write(SHORT);

            assertThat(caller.getInputStream().readNBytes(SHORT.length)).isEqualTo(SHORT);
            assertSilence(called);
            assertThat(there.counters().deliveredBytes()).isZero();
            // The sender feels that nothing is taken from it.
            assertThat(there.counters().heldBytes()).isBetween(1L, (long) Pipe.QUEUED_BYTES_MAX + Pipe.CHUNK_BYTES_MAX);
            assertThat(back.counters().heldBytes()).isZero();
            there.setCut(false);

            called.setSoTimeout((int) LIMIT.toMillis());
            assertThat(called.getInputStream().readNBytes(large.length)).isEqualTo(large);
            sent.join();
        }
    }

    @Test
    void whatACutSwallowedComesWhenItIsSentAgain() throws Exception {
        try (Socket caller = call();
                Socket called = node.accept()) {
            there.setCut(true);
            long begin = System.nanoTime();
            caller.getOutputStream().write(SHORT);
            Hold.forFault(Duration.ofMillis(300), "the first retransmission is lost, too");

            there.setCut(false);

            assertThat(called.getInputStream().readNBytes(SHORT.length)).isEqualTo(SHORT);
            assertThat(millisSince(begin)).isBetween(600L, 1_300L);
            assertThat(there.counters().heldBytes()).isEqualTo(SHORT.length);
        }
    }

    @Test
    void aConnectionIsMadeOnceBothDirectionsPass() throws Exception {
        back.setCut(true);
        try (Socket caller = call()) {
            caller.getOutputStream().write(SHORT);
            node.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> node.accept().close()).isInstanceOf(SocketTimeoutException.class);
            assertThat(back.counters().heldConnections()).isEqualTo(1);
            assertThat(there.counters().heldConnections()).isZero();

            back.setCut(false);

            node.setSoTimeout((int) LIMIT.toMillis());
            try (Socket called = node.accept()) {
                assertThat(called.getInputStream().readNBytes(SHORT.length)).isEqualTo(SHORT);
            }
        }
    }

    @Test
    void aCallerThatGaveUpDuringACutIsNeverHeardOf() throws Exception {
        there.setCut(true);
        try (Socket caller = call()) {
            caller.getOutputStream().write(SHORT);
        }
        Conditions.await(
                "the connection to be held",
                LIMIT,
                () -> assertThat(there.counters().heldConnections()).isEqualTo(1));

        there.setCut(false);

        node.setSoTimeout(HANDSHAKE_MILLIS);
        assertThatThrownBy(() -> node.accept().close()).isInstanceOf(SocketTimeoutException.class);
        assertThat(link.connections()).isZero();
    }

    @Test
    void aResetPassesButNotACut() throws Exception {
        Socket caller = call();
        try (Socket called = node.accept()) {
            called.setSoTimeout(SILENCE_MILLIS);
            there.setCut(true);
            caller.setSoLinger(true, 0);
            caller.close();
            assertSilence(called);

            there.setCut(false);

            called.setSoTimeout((int) LIMIT.toMillis());
            assertThatThrownBy(() -> called.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void aSenderLearnsThatItsReceiverIsGone() throws Exception {
        Socket caller = call();
        try (Socket called = node.accept()) {
            caller.close();
            assertThat(called.getInputStream().read()).isNegative();

            assertThatThrownBy(() -> sendUntilRefused(called)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void connectionsCanBeResetAtBothEnds() throws Exception {
        try (Socket caller = call();
                Socket called = node.accept()) {
            Conditions.await(
                    "the connection to be carried",
                    LIMIT,
                    () -> assertThat(link.connections()).isEqualTo(1));

            link.resetConnections();

            assertThatThrownBy(() -> caller.getInputStream().read()).hasMessageContaining("reset");
            assertThatThrownBy(() -> called.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void delayAndJitterKeepTheOrderAndDoNotAddUp() throws Exception {
        there.setShape(Shape.delayed(Duration.ofMillis(100), Duration.ofMillis(50)));
        try (Socket caller = call();
                Socket called = node.accept()) {
            byte[] sent = bytes(60);
            long begin = System.nanoTime();
            for (byte each : sent) {
                caller.getOutputStream().write(each);
            }

            byte[] received = called.getInputStream().readNBytes(sent.length);

            assertThat(received).isEqualTo(sent);
            assertThat(millisSince(begin)).isBetween(50L, 1_000L);
            assertThat(there.counters().delayedChunks()).isPositive();
        }
    }

    @Test
    void whatIsLostComesLateAndInOrder() throws Exception {
        there.setShape(Shape.lossy(0.3));
        try (Socket caller = call();
                Socket called = node.accept()) {
            for (int i = 0; i < 50 && there.counters().lostChunks() < 3; i++) {
                long lostBefore = there.counters().lostChunks();
                long begin = System.nanoTime();
                caller.getOutputStream().write(i);

                assertThat(called.getInputStream().read()).isEqualTo(i);

                long lost = there.counters().lostChunks() - lostBefore;
                // Each loss doubles the wait for the next attempt.
                assertThat(millisSince(begin)).isGreaterThanOrEqualTo(200 * ((1L << lost) - 1));
            }
            assertThat(there.counters().lostChunks()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aThinLineIsThinForAllConnectionsTogether() throws Exception {
        there.setShape(Shape.narrow(2_000));
        try (Socket one = call();
                Socket calledByOne = node.accept();
                Socket other = call();
                Socket calledByOther = node.accept()) {
            long begin = System.nanoTime();
            one.getOutputStream().write(bytes(1_000));
            other.getOutputStream().write(bytes(1_000));
            calledByOne.getInputStream().readNBytes(1_000);
            calledByOther.getInputStream().readNBytes(1_000);
            one.getOutputStream().write(bytes(1_000));
            calledByOne.getInputStream().readNBytes(1_000);

            // The last of them began when the two before had taken half a second each.
            assertThat(millisSince(begin)).isBetween(990L, 3_000L);
        }
    }

    @Test
    void aLineThatBecomesClearDoesNotFinishItsWait() throws Exception {
        there.setShape(Shape.narrow(10));
        try (Socket caller = call();
                Socket called = node.accept()) {
            byte[] sent = bytes(3_000);
            caller.getOutputStream().write(sent);
            called.getInputStream().readNBytes(1_448);

            there.setShape(Shape.CLEAR);

            called.setSoTimeout((int) LIMIT.toMillis());
            assertThat(called.getInputStream().readNBytes(sent.length - 1_448))
                    .isEqualTo(Arrays.copyOfRange(sent, 1_448, sent.length));
        }
    }

    @Test
    void aClosedLinkLeavesNobodyWaiting() throws Exception {
        there.setCut(true);
        try (Socket held = call()) {
            Conditions.await(
                    "the connection to be held",
                    LIMIT,
                    () -> assertThat(there.counters().heldConnections()).isEqualTo(1));

            link.close();

            held.setSoTimeout((int) LIMIT.toMillis());
            assertThatThrownBy(() -> held.getInputStream().read()).hasMessageContaining("reset");
            // The system may complete a call or two while the thread that accepts them is told.
            Conditions.await(
                    "calls to be refused",
                    LIMIT,
                    () -> assertThatThrownBy(() -> call().close()).isInstanceOf(IOException.class));
        }
    }

    private Socket call() throws IOException {
        Socket caller = new Socket(LINK_HOST, node.getLocalPort());
        caller.setTcpNoDelay(true);
        caller.setSoTimeout((int) LIMIT.toMillis());
        return caller;
    }

    private static CompletableFuture<Void> send(Socket socket, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        socket.getOutputStream().write(bytes);
                    } catch (IOException e) {
                        throw new IllegalStateException("the sender was cut off", e);
                    }
                },
                task -> new Thread(task).start());
    }

    private static void sendUntilRefused(Socket socket) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            socket.getOutputStream().write(SHORT);
        }
    }

    private static void assertSilence(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(SEED).nextBytes(bytes);
        return bytes;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
