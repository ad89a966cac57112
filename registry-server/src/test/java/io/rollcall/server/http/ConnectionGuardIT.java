package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.config.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At what pace an answer has to be read; measured over half a second instead of ten. */
final class ConnectionGuardIT {

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** More than the buffers of both ends hold. */
    private static final int ANSWER_BYTES = 64 << 20;

    private final ConnectionGuard guard = new ConnectionGuard(
            Doorkeeper.NONE,
            ServerSettings.load(Map.of("limit.min-answer-rate", "64KiB"), Map.of())
                    .limits(),
            PACE_NANOS);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        connector.addBean(guard);
        connector.setAcceptedSendBufferSize(ConnectionGuard.SEND_BUFFER_BYTES);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (Request.getPathInContext(request).equals("/stream")) {
                    request.getConnectionMetaData().setAttribute(ConnectionGuard.STREAM, true);
                }
                new Pieces(response, callback).iterate();
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** An answer as the servlets write it: each piece when the one before it was taken. */
    private static final class Pieces extends IteratingCallback {

        private static final int PIECE_BYTES = 32 * 1024;

        private final Response response;
        private final Callback callback;
        private int left = ANSWER_BYTES / PIECE_BYTES;

        Pieces(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        @Override
        protected Action process() {
            if (left == 0) {
                return Action.SUCCEEDED;
            }
            left--;
            response.write(left == 0, ByteBuffer.wrap(new byte[PIECE_BYTES]), this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteSuccess() {
            callback.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            callback.failed(cause);
        }
    }

    private Socket ask(String path) throws IOException {
        var socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        await().atMost(10, SECONDS).until(() -> guard.connections("127.0.0.1") == 1);
        return socket;
    }

    private boolean isOpen() {
        guard.sweep();
        return guard.connections("127.0.0.1") == 1;
    }

    /** Reads 128 KiB a second, twice what must be, for as long as given. */
    private void readSlowly(InputStream input, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        await().atMost(20, SECONDS).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(input.readNBytes(13 * 1024)).hasSize(13 * 1024);
            assertThat(isOpen()).isTrue();
            return System.nanoTime() > end;
        });
    }

    @Test
    void whoReadsNothingOfAnAnswerIsCutOff() throws IOException {
        try (var socket = ask("/answer")) {
            await().atMost(20, SECONDS).until(() -> !isOpen());

            var rest = socket.getInputStream().readAllBytes();
            assertThat(rest.length).isLessThan(ANSWER_BYTES);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void whoReadsAtThePaceIsNotAndIsOnceHeStops() throws IOException {
        try (var socket = ask("/answer")) {
            readSlowly(socket.getInputStream(), Duration.ofSeconds(4));

            await().atMost(20, SECONDS).until(() -> !isOpen());
        }
    }

    @Test
    void streamsHaveARuleOfTheirOwn() throws IOException {
        try (var socket = ask("/stream")) {
            var end = System.nanoTime() + 4 * PACE_NANOS;
            await().atMost(20, SECONDS).until(() -> {
                assertThat(isOpen()).isTrue();
                return System.nanoTime() > end;
            });
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
