package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes over a connection that no well-behaved client sends: too much, too slow, or no HTTP. */
final class ConnectionIT {

    private static final int MIB = 1024 * 1024;
    private static final String PUT_A = "/api/v1/services/orders/instances/a";
    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80}";

    @TempDir
    Path folder;

    private HttpNode node;
    private String before;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
        node.put(PUT_A, GOOD);
        before = node.state();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(node.port);
    }

    private static String head(String method, String path, String... headers) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/api/v1/services/orders?zone=%zz 400",
                "/api/v1/services/orders?zone=%2 400",
                "/api/v1/services/%zz 400",
                "/api/v1/services/% 400",
                "/api/v1/services/%ff 400",
                "/api/v1/services/a%00b 400",
                "api 400",
            })
    void malformedPathsAreRefusedAsProblems(String path, int status) throws Exception {
        try (var connection = connect()) {
            var reply = connection.send(head("GET", path)).receive();

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
            assertThat(reply.json().path("code").asText()).isEqualTo("invalid-request");
        }
    }

    @Test
    void headersOverTheLimitAreRefused() throws Exception {
        try (var connection = connect()) {
            var reply = connection
                    .send(head("GET", "/api/v1/services/orders", "X-Long: " + "x".repeat(17 * 1024)))
                    .receive();

            assertThat(reply.status()).isEqualTo(431);
            assertThat(reply.json().path("code").asText()).isEqualTo("headers-too-large");
            assertThat(reply.json().path("limit").asInt()).isEqualTo(16 * 1024);
        }
    }

    @Test
    void pathOverTheLimitIsRefused() throws Exception {
        try (var connection = connect()) {
            var reply = connection
                    .send(head("GET", "/api/v1/services/orders?filter=" + "x".repeat(17 * 1024)))
                    .receive();

            assertThat(reply.status()).isEqualTo(414);
            assertThat(reply.json().path("code").asText()).isEqualTo("uri-too-long");
        }
    }

    @Test
    void bodyOverTheLimitIsRefusedHoweverItIsSent() throws Exception {
        var overLimit = "{\"host\":\"" + "x".repeat(MIB) + "\",\"port\":80}";

        var declared = node.put(PUT_A, overLimit);
        var batch = node.post("/api/v1/registrations", "[\"" + "x".repeat(2 * MIB) + "\"]");

        assertProblem(declared, 413, "too-large");
        assertThat(declared.json().path("limit").asInt()).isEqualTo(MIB);
        assertProblem(batch, 413, "too-large");
        assertThat(batch.json().path("limit").asInt()).isEqualTo(2 * MIB);
        try (var connection = connect()) {
            connection.send(head("PUT", PUT_A, "Content-Type: application/json", "Transfer-Encoding: chunked"));
            for (var i = 0; i < 17; i++) {
                connection.send("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
            var chunked = connection.send("0\r\n\r\n").receive();
            assertThat(chunked.status()).isEqualTo(413);
            assertThat(chunked.json().path("limit").asInt()).isEqualTo(MIB);
        }
        try (var connection = connect()) {
            var announced = connection
                    .send(head("PUT", PUT_A, "Content-Type: application/json", "Content-Length: 9000000000"))
                    .receive();
            assertThat(announced.status()).isEqualTo(413);
        }
        assertThat(node.state()).isEqualTo(before);
    }

    @Test
    void bodyOfExactlyTheLimitIsRead() {
        var padding = " ".repeat(MIB - GOOD.length());

        assertThat(node.put(PUT_A, GOOD + padding).status()).isEqualTo(200);
        assertProblem(node.put(PUT_A, GOOD + padding + " "), 413, "too-large");
    }

    @Test
    void bodyThatDoesNotComeInTimeIsRefused() throws Exception {
        try (var connection = connect()) {
            var reply = connection
                    .send(head("PUT", PUT_A, "Content-Type: application/json", "Content-Length: 100") + "{")
                    .receive();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.json().path("code").asText()).isEqualTo("request-timeout");
            assertThat(reply.headers()).containsEntry("connection", "close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(node.state()).isEqualTo(before);
    }

    @Test
    void bodyThatBreaksOffChangesNothing() throws Exception {
        try (var connection = connect()) {
            connection.send(head("PUT", PUT_A, "Content-Type: application/json", "Content-Length: 100") + GOOD);
        }

        assertThat(node.state()).isEqualTo(before);
        assertThat(node.get("/livez").status()).isEqualTo(200);
    }

    @Test
    void slowClientsHoldNoThreads() throws Exception {
        var slow = new ArrayList<RawConnection>();
        try {
            // More than there are threads: half a request line, half a header, half a body.
            for (var i = 0; i < 30; i++) {
                slow.add(connect().send("GET /api"));
                slow.add(connect().send("GET /api/v1/services/orders HTTP/1.1\r\nHos"));
                slow.add(connect()
                        .send(head("PUT", PUT_A, "Content-Type: application/json", "Content-Length: 100") + "{"));
            }

            for (var i = 0; i < 20; i++) {
                assertThat(node.get("/api/v1/services/orders").status()).isEqualTo(200);
                assertThat(node.put("/api/v1/services/other/instances/" + i, GOOD)
                                .status())
                        .isEqualTo(201);
            }
        } finally {
            for (var connection : slow) {
                connection.close();
            }
        }
    }

    @Test
    void slowReadersOfLargeAnswersHoldNoThreads() throws Exception {
        register(2_000);
        var slow = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 20; i++) {
                var query = i % 2 == 0 ? "" : "?consistency=linearizable";
                slow.add(connect().send(head("GET", "/api/v1/services/large" + query)));
            }

            for (var i = 0; i < 20; i++) {
                assertThat(node.get("/api/v1/services/orders").status()).isEqualTo(200);
            }
            for (var connection : slow) {
                assertThat(connection.receive().json().path("instances")).hasSize(2_000);
            }
        } finally {
            for (var connection : slow) {
                connection.close();
            }
        }
    }

    private void register(int count) {
        for (var from = 0; from < count; from += 1_000) {
            var items = new ArrayList<String>();
            for (var i = from; i < from + 1_000; i++) {
                items.add("{\"name\":\"large\",\"id\":\"" + i + "\",\"host\":\"h\",\"port\":1,\"metadata\":{\"m\":\""
                        + "x".repeat(1_000) + "\"}}");
            }
            assertThat(node.post("/api/v1/registrations", "[" + String.join(",", items) + "]")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void connectionIsKeptOverErrors() throws Exception {
        try (var connection = connect()) {
            connection.send(head("GET", "/nowhere"));
            assertThat(connection.receive().status()).isEqualTo(404);
            connection.send(head("HEAD", "/api/v1/services/orders"));
            assertThat(connection.receive(false).status()).isEqualTo(200);
            connection.send(head("PUT", PUT_A, "Content-Type: application/json", "Content-Length: 2") + "{}");
            assertThat(connection.receive().status()).isEqualTo(400);
            connection.send(head("PUT", PUT_A, "Content-Type: text/plain", "Content-Length: 2") + "{}");
            assertThat(connection.receive().status()).isEqualTo(415);
            connection.send(head("GET", "/livez").repeat(3));
            for (var i = 0; i < 3; i++) {
                assertThat(connection.receive().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 2,{}", "Transfer-Encoding: chunked,'2\r\n{}\r\n0\r\n\r\n'"})
    void closeIsAnnouncedWhereTheBodyComesAfterTheAnswer(String framing, String body) throws Exception {
        for (var path : List.of(PUT_A, "/nowhere")) {
            try (var connection = connect()) {
                var reply = connection
                        .send(head("PUT", path, "Content-Type: text/plain", framing))
                        .receive();

                assertThat(reply.status()).isIn(415, 404);
                assertThat(reply.headers()).containsEntry("connection", "close");
                assertThat(connection.send(body).isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void expectationOfAContinueIsMet() throws Exception {
        try (var connection = connect()) {
            connection.send(head(
                    "PUT",
                    PUT_A,
                    "Content-Type: application/json",
                    "Content-Length: " + GOOD.length(),
                    "Expect: 100-continue"));
            assertThat(connection.receive(false).status()).isEqualTo(100);
            assertThat(connection.send(GOOD).receive().status()).isEqualTo(200);
        }
    }

    @Test
    void stopAnswersWhatIsInFlightAndAcceptsNothingMore() throws Exception {
        node.cluster.delay = Duration.ofMillis(1_500);
        var written = CompletableFuture.supplyAsync(() -> node.put(PUT_A, GOOD), task -> new Thread(task).start());
        await().untilAsserted(() -> assertThat(node.cluster.submitted()).isGreaterThan(1));

        var stopped = CompletableFuture.runAsync(node::stop, task -> new Thread(task).start());

        assertThat(written)
                .succeedsWithin(5, SECONDS)
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(stopped).succeedsWithin(5, SECONDS);
        assertThat(List.of(node.port)).noneMatch(ConnectionIT::accepts);
    }

    private static boolean accepts(int port) {
        try {
            new RawConnection(port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
