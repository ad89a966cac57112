package io.rollcall.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rollcall.chaos.fault.CuttingProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the client says of a request must be what is known of it. */
final class PlainClientTest {

    private static final String BODY = "{\"host\":\"10.0.0.1\"}";

    private final PlainClient client = new PlainClient(Duration.ofSeconds(1));
    private final AtomicInteger handled = new AtomicInteger();
    private volatile int status = 200;
    private volatile String answer = "{}";
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void successIsDone() {
        assertThat(put()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void refusalsAreNotDone() {
        status = 409;
        answer = "{\"code\":\"instance-already-exists\"}";

        assertThat(put())
                .isInstanceOfSatisfying(
                        Outcome.NotDone.class,
                        outcome -> assertThat(outcome.retriable()).isFalse());
    }

    @Test
    void noLeaderIsNotDoneAndMayBeTriedAgain() {
        status = 503;
        answer = "{\"code\":\"no-leader\"}";

        assertThat(put())
                .isInstanceOfSatisfying(
                        Outcome.NotDone.class,
                        outcome -> assertThat(outcome.retriable()).isTrue());
    }

    @Test
    void serverErrorsThatPromiseNothingAreUnknown() {
        status = 504;
        answer = "{\"code\":\"outcome-unknown\"}";

        assertThat(put()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsUnknown() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var node = URI.create("http://127.0.0.1:" + silent.getLocalPort());

            assertThat(client.send(node, ApiRequest.get("/"))).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Test
    void aRefusedConnectionIsNotDone() {
        server.stop(0);

        assertThat(put()).isInstanceOf(Outcome.NotDone.class);
    }

    @ParameterizedTest
    @EnumSource
    void aReplyThatIsCutOffIsUnknownAndTheRequestArrivesOnce(CuttingProxy.Cut cut) {
        try (var proxy = new CuttingProxy(node(), cut)) {
            var outcome = client.send(proxy.http(), ApiRequest.put("/", BODY));

            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
        assertThat(handled).hasValueLessThanOrEqualTo(1);
    }

    private Outcome put() {
        return client.send(node(), ApiRequest.put("/", BODY));
    }

    private URI node() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        handled.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
