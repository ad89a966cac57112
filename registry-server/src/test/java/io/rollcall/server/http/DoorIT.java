package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.app.access.AuditTrail;
import io.rollcall.server.app.access.Doorkeeper;
import io.rollcall.server.config.AclDefault;
import io.rollcall.server.config.LimitSettings;
import io.rollcall.server.config.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before anything but the head of a request is read, and what every answer says. */
final class DoorIT implements Doorkeeper, AuditTrail {

    private static final String A = "/api/v1/services/orders/instances/a";
    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80}";

    @TempDir
    Path folder;

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> failedLogins = new CopyOnWriteArrayList<>();
    private volatile Lane refused;
    private volatile int maxConnections = Integer.MAX_VALUE;
    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(
                folder,
                AclDefault.ALLOW,
                this,
                this,
                limits("ROLLCALL_LIMIT_HEADER_TIMEOUT", "1s", "ROLLCALL_LIMIT_MIN_ANSWER_RATE", "64KiB"));
        node.put(A, GOOD);
    }

    private static LimitSettings limits(String... environment) {
        var values = new java.util.HashMap<String, String>();
        for (var i = 0; i < environment.length; i += 2) {
            values.put(environment[i], environment[i + 1]);
        }
        return ServerSettings.load(Map.of(), values).limits();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Override
    public Problem enter(Lane lane, String address, boolean showsToken) {
        return lane == refused ? Problem.of(ErrorCode.OVERLOADED, "full").with("retryAfter", 2) : null;
    }

    @Override
    public Problem spend(Lane lane, String tokenId, String address) {
        return null;
    }

    @Override
    public void loginFailed(String address) {
        failedLogins.add(address);
    }

    @Override
    public int maxConnections(String address) {
        return maxConnections;
    }

    @Override
    public int maxWatches(String address) {
        return 2;
    }

    @Test
    void addressWithTooManyStreamsGetsNoMore() throws IOException {
        var streams = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 3; i++) {
                var connection = new RawConnection(node.port);
                streams.add(connection);
                connection.send("GET /api/v1/watch?service=orders HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(connection.receive(i == 2).status()).isEqualTo(i == 2 ? 429 : 200);
            }
            streams.remove(0).close();
            // An event shows that the reader has gone.
            await().atMost(20, SECONDS).untilAsserted(() -> {
                node.put(A, GOOD);
                try (var next = new RawConnection(node.port)) {
                    next.send("GET /api/v1/watch?service=orders HTTP/1.1\r\nHost: x\r\n\r\n");
                    assertThat(next.receive(false).status()).isEqualTo(200);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    @Override
    public void record(AuditEvent event) {
        events.add(event);
    }

    @Override
    public boolean refusesWrites() {
        return false;
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/services/orders/instances/a, WRITE",
        "DELETE, /api/v1/services/orders/instances/a, WRITE",
        "POST, /api/v1/registrations, WRITE",
        "PUT, /api/v1/config/k, WRITE",
        "PUT, /api/v1/services/orders/instances/a/heartbeat, BEAT",
        "POST, /api/v1/heartbeats, BEAT",
        "GET, /api/v1/services/orders, READ",
        "PUT, /api/v1/watch/x, READ",
    })
    void refusalComesBeforeTheRequestIsReadAndLeavesTheOtherLanesAlone(String method, String path, Lane lane) {
        for (var other : Lane.values()) {
            refused = other;
            var reply = node.send(method, path, method.equals("GET") ? null : "this is not JSON");

            if (other == lane) {
                assertProblem(reply, 503, "overloaded");
                assertThat(reply.header("Retry-After")).isEqualTo("2");
            } else {
                assertThat(reply.status()).as("%s at %s refused", path, other).isNotEqualTo(503);
            }
        }
    }

    @Test
    void theTwoProbesAlwaysAnswer() {
        refused = Lane.READ;

        assertThat(node.get("/livez").status()).isEqualTo(200);
        assertThat(node.get("/readyz").status()).isEqualTo(200);
        assertThat(node.get("/api/v1/cluster").status()).isEqualTo(503);
    }

    @Test
    void refusedBodyDoesNotBreakTheConnection() throws IOException {
        refused = Lane.WRITE;
        try (var connection = new RawConnection(node.port)) {
            for (var i = 0; i < 3; i++) {
                var reply = connection
                        .send("PUT " + A + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                + GOOD.length() + "\r\n\r\n" + GOOD)
                        .receive();
                assertThat(reply.status()).isEqualTo(503);
            }
        }
    }

    @Test
    void refusedBodyThatDoesNotComeEndsTheConnectionAndSaysSo() throws IOException {
        refused = Lane.WRITE;
        try (var connection = new RawConnection(node.port)) {
            var reply = connection
                    .send("PUT " + A + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n{")
                    .receive();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers()).containsEntry("connection", "close");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/services/orders",
                "GET /livez",
                "GET /nowhere",
                "GET /api/v1/services/orders?nonsense=1",
                "PATCH /api/v1/services/orders",
                "GET /api/v1/services/%zz",
                "PUT /api/v1/services/orders/instances/a/heartbeat",
                "PUT /api/v1/services/orders/instances/nobody/heartbeat",
                "GET /api/v1/watch?service=!",
                "HEAD /api/v1/services/orders",
                "GET x",
            })
    void everyAnswerIsHardened(String line) throws IOException {
        try (var connection = new RawConnection(node.port)) {
            var reply = connection.send(line + " HTTP/1.1\r\nHost: x\r\n\r\n").receive(!line.startsWith("HEAD"));

            assertThat(reply.headers())
                    .as("%d %s", reply.status(), reply.body())
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("content-security-policy", HardeningHeaders.CONTENT_SECURITY_POLICY)
                    .containsEntry("referrer-policy", "no-referrer")
                    .containsEntry("cache-control", "no-store")
                    .doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin", "set-cookie");
            assertThat(reply.body()).doesNotContain("Exception").doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "TRACK", "DEBUG", "OPTIONS", "X"})
    void oddMethodsAreRefused(String method) throws IOException {
        try (var connection = new RawConnection(node.port)) {
            var reply = connection
                    .send(method + " /api/v1/services/orders HTTP/1.1\r\nHost: x\r\nSecret: hidden\r\n\r\n")
                    .receive();

            assertThat(reply.status()).isBetween(400, 499);
            assertThat(reply.body()).doesNotContain("hidden");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: a\r\nHost: b\r\n",
                "Host: a b\r\n",
                "Host: a/../b\r\n",
                "Host: a:port\r\n",
                "Host: <script>\r\n",
            })
    void requestsWithoutOneGoodHostAreRefused(String headers) throws IOException {
        try (var connection = new RawConnection(node.port)) {
            var reply = connection
                    .send("GET /api/v1/services HTTP/1.1\r\n" + headers + "\r\n")
                    .receive();

            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    void pagesOfOtherSitesChangeNothing() {
        assertProblem(node.put(A, GOOD, "Origin", "https://evil.example"), 403, "permission-denied");
        assertProblem(
                node.post("/api/v1/cluster/expiry/release", null, "Sec-Fetch-Site", "cross-site"),
                403,
                "permission-denied");
        assertProblem(node.put(A, GOOD, "Origin", "null"), 403, "permission-denied");
        assertThat(node.put(A, GOOD, "Origin", "http://127.0.0.1:" + node.port).status())
                .isEqualTo(200);
        assertThat(node.put(A, GOOD, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
        assertThat(node.get("/api/v1/services", "Origin", "https://evil.example")
                        .header("Access-Control-Allow-Origin"))
                .isNull();
    }

    @Test
    void floodOfHeadersIsRefused() {
        var headers = new ArrayList<String>();
        for (var i = 0; i < 150; i++) {
            headers.add("X-" + i);
            headers.add("v");
        }

        var reply = node.get("/api/v1/services", headers.toArray(String[]::new));

        assertProblem(reply, 431, "headers-too-large");
        assertThat(reply.json().path("limit").asInt()).isEqualTo(100);
    }

    /** A byte now and then keeps no connection: neither in the first head nor in one behind it, nor with none at all. */
    @ParameterizedTest
    @ValueSource(strings = {"", "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"})
    void headThatComesByteByByteIsCutOff(String before) throws Exception {
        try (var connection = new RawConnection(node.port)) {
            if (!before.isEmpty()) {
                assertThat(connection.send(before).receive().status()).isEqualTo(200);
            }
            connection.send("GET /api/v1/services HTTP/1.1\r\n");
            var bytes = new java.util.concurrent.atomic.AtomicInteger();
            await().atMost(20, SECONDS)
                    .pollInterval(java.time.Duration.ofMillis(200))
                    .until(() -> {
                        try {
                            connection.send(bytes.incrementAndGet() % 10 == 0 ? "\r\n" : "x");
                            return false;
                        } catch (IOException e) {
                            return true;
                        }
                    });
        }
    }

    @Test
    void connectionThatAsksForNothingIsCutOff() throws IOException {
        try (var connection = new RawConnection(node.port)) {
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void connectionBetweenTwoRequestsIsKept() throws Exception {
        try (var connection = new RawConnection(node.port)) {
            connection.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").receive();
            var end = System.nanoTime() + SECONDS.toNanos(3);
            await().atMost(10, SECONDS).until(() -> System.nanoTime() > end);

            assertThat(connection
                            .send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                            .receive()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void addressWithTooManyConnectionsGetsNoMore() throws IOException {
        maxConnections = 3;
        var connections = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 3; i++) {
                var connection = new RawConnection(node.port);
                connections.add(connection);
                // The client of the node has one, too.
                if (i < 2) {
                    connection.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").receive();
                }
            }
            assertThat(connections.get(2).isClosedByServer()).isTrue();
            connections.remove(0).close();
            await().atMost(10, SECONDS).untilAsserted(() -> {
                try (var next = new RawConnection(node.port)) {
                    assertThat(next.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                                    .receive()
                                    .status())
                            .isEqualTo(200);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private AuditEvent last(int count) {
        await().atMost(10, SECONDS).until(() -> events.size() == count);
        return events.get(count - 1);
    }

    @Test
    void writesAreWrittenDownAndReadsAndBeatsAreNot() {
        await().atMost(10, SECONDS).until(() -> events.size() == 1);
        node.get("/api/v1/services/orders");
        node.get("/api/v1/cluster");
        node.put(A + "/heartbeat", null);
        node.delete(A + "?incarnation=999", "traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");

        var event = last(2);
        assertThat(event.operation()).isEqualTo("DELETE /api/v1/services/{name}/instances/{id}");
        assertThat(event.target()).isEqualTo(Map.of("namespace", "default", "name", "orders", "id", "a"));
        assertThat(event.status()).isEqualTo(410);
        assertThat(event.code()).isEqualTo("stale-incarnation");
        assertThat(event.result()).isEqualTo("failed");
        assertThat(event.source()).isEqualTo("127.0.0.1");
        assertThat(event.traceId()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(events.get(0).index()).isPositive();
        assertThat(events.get(0).code()).isNull();
    }

    @Test
    void operatorsReadsAndDenialsAndKeysAreWrittenDown() {
        await().atMost(10, SECONDS).until(() -> events.size() == 1);
        node.get("/api/v1/cluster/digest");
        assertThat(last(2).operation()).isEqualTo("GET /api/v1/cluster/digest");

        node.put("/api/v1/config/db/password?namespace=team&dryRun=true", "{}", "Content-Type", "application/json");
        var event = last(3);
        assertThat(event.target()).containsEntry("key", "db/password").containsEntry("namespace", "team");
        assertThat(event.dryRun()).isTrue();
    }

    @Test
    void secretsThatAreAskedForAreWrittenDown() {
        await().atMost(10, SECONDS).until(() -> events.size() == 1);
        node.get("/api/v1/config/db/password");
        node.get("/api/v1/config/db/password?reveal=false");
        node.get("/api/v1/config/db/password?reveal=true");

        var event = last(2);
        assertThat(event.operation()).isEqualTo("GET /api/v1/config/{key}");
        assertThat(event.target()).containsEntry("key", "db/password");
    }

    @Test
    void refusalsAtTheDoorAreNotWrittenDown() {
        await().atMost(10, SECONDS).until(() -> events.size() == 1);
        refused = Lane.WRITE;
        node.put(A, GOOD);
        refused = null;
        node.put(A, GOOD);

        assertThat(last(2).status()).isEqualTo(200);
    }

    @Test
    void whileTheQueueStandsProbesHeartbeatsAndMetricsAloneAreServed(@TempDir Path another) {
        // No thread is there in no time at all: the queue stands always.
        var some = limits();
        var none = new LimitSettings(
                some.loopback(),
                some.requestsPerSecond(),
                some.tokenRequestsPerSecond(),
                some.beatsPerSecond(),
                some.failedLoginsPerMinute(),
                some.maxBuckets(),
                some.connectionsPerAddress(),
                some.headerTimeout(),
                some.minAnswerBytesPerSecond(),
                some.watchesPerAddress(),
                some.writesUnderWay(),
                some.writeTime(),
                Duration.ZERO,
                some.diskFreeMinBytes(),
                some.quotas());
        try (var full = new HttpNode(another, AclDefault.ALLOW, this, this, none)) {
            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertProblem(full.get("/api/v1/services"), 503, "overloaded"));

            assertThat(full.get("/metrics").status()).isEqualTo(200);
            assertThat(full.get("/livez").status()).isEqualTo(200);
            assertThat(full.put(A + "/heartbeat", "").status()).isEqualTo(404);
            await().atMost(10, SECONDS)
                    .untilAsserted(() -> assertThat(full.answered)
                            .contains(
                                    "GET  503 overloaded",
                                    "GET /metrics 200 null",
                                    "PUT /api/v1/services/{name}/instances/{id}/heartbeat 404 instance-not-found"));
        }
    }
}
