package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.watch.WatchCounters.Count;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that wait for their answer to change, over real HTTP. */
final class BlockingReadIT {

    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80}";
    private static final String ORDERS = "/api/v1/services/orders";

    @TempDir
    Path folder;

    private HttpNode node;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
        put("orders", "a", GOOD);
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
        assertThat(node.faults).isEmpty();
        node.close();
    }

    private void put(String service, String id, String body) {
        assertThat(node.put("/api/v1/services/" + service + "/instances/" + id, body)
                        .status())
                .isIn(200, 201);
    }

    private CompletableFuture<Reply> read(String path) {
        return CompletableFuture.supplyAsync(() -> node.get(path), callers);
    }

    private void awaitWaiting(int number) {
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(node.hub.figures().waits()).isEqualTo(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ORDERS + "?",
                ORDERS + "?status=any&",
                ORDERS + "?tag=env:prod&",
                ORDERS + "?limit=1&",
                ORDERS + "/instances/b?",
                "/api/v1/services?",
                "/api/v1/instances?",
                "/api/v1/instances?filter=tags.env%3D%3D%22prod%22&",
            })
    void readWaitsUntilItsAnswerChangesAndThenAnswersInFull(String path) {
        var seen = node.cluster.view.current().appliedIndex();

        var reading = read(path + "index=" + seen + "&wait=20s");
        awaitWaiting(1);
        node.put("/api/v1/services/orders/instances/b?namespace=other", GOOD);
        assertThat(reading).isNotDone();
        put("orders", "b", "{\"host\":\"10.0.0.2\",\"port\":80,\"tags\":{\"env\":\"prod\"}}");

        assertThat(reading).succeedsWithin(Duration.ofSeconds(10));
        var reply = reading.join();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Long.parseLong(reply.header("Registry-Index"))).isGreaterThan(seen);
        var plain = node.get(path.substring(0, path.length() - 1));
        assertThat(reply.text()).isEqualTo(plain.text());
        assertThat(reply.header("ETag")).isEqualTo(plain.header("ETag"));
    }

    @Test
    void readOfWhatHasChangedAlreadyAnswersAtOnce() {
        var reply = node.get(ORDERS + "?index=1&wait=10m");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("instances")).hasSize(1);
    }

    @Test
    void atTheEndOfTheWaitTheSameAnswerComes() {
        var plain = node.get(ORDERS);

        var begun = System.nanoTime();
        var reply = node.get(ORDERS + "?index=2&wait=300ms");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(plain.text());
        assertThat(reply.header("Registry-Index")).isEqualTo("2");
    }

    @Test
    void absentInstanceIsWaitedFor() {
        var absent = node.get(ORDERS + "/instances/x");
        var applied = absent.header("Registry-Applied");

        assertThat(node.get(ORDERS + "/instances/x?index=" + applied + "&wait=10ms")
                        .status())
                .isEqualTo(404);
        var reading = read(ORDERS + "/instances/x?index=" + applied + "&wait=20s");
        awaitWaiting(1);
        put("orders", "x", GOOD);

        assertThat(reading).succeedsWithin(Duration.ofSeconds(10));
        assertThat(reading.join().status()).isEqualTo(200);
    }

    @Test
    void indexThatTheNodeHasNotReachedIsNotReady() {
        var reply = node.get(ORDERS + "?index=1000&wait=1s");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("code").asText()).isEqualTo("not-ready");
    }

    @Test
    void unchangedAnswerIsNotSentAgainToWhoNamesIt() {
        var tag = node.get(ORDERS).header("ETag");

        assertThat(node.get(ORDERS + "?index=2&wait=10ms", "If-None-Match", tag).status())
                .isEqualTo(304);
    }

    @Test
    void thousandsWaitWithoutAThreadEach() throws Exception {
        var threads = Thread.getAllStackTraces().size();
        var connections = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 1_000; i++) {
                var connection = new RawConnection(node.port);
                connections.add(connection);
                connection.send("GET " + ORDERS + "?index=2&wait=10m HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            awaitWaiting(1_000);
            assertThat(Thread.getAllStackTraces()).hasSizeLessThan(threads + 50);

            put("orders", "b", GOOD);

            for (var connection : connections) {
                assertThat(connection.receive().status()).isEqualTo(200);
            }
            assertThat(node.hub.counters().get(Count.WAKEUPS)).isEqualTo(1_000);
            assertThat(node.hub.counters().get(Count.USELESS_WAKEUPS)).isZero();
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    @Test
    void waitingReadIsAnsweredWhenTheNodeStops() {
        var reading = read(ORDERS + "?index=2&wait=10m");
        awaitWaiting(1);

        node.hub.close();

        assertThat(reading).succeedsWithin(Duration.ofSeconds(5));
        assertThat(reading.join().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "?index=x; index",
                "?index=-1; index",
                "?wait=1s; wait",
                "?index=1&wait=11m; wait",
                "?index=1&wait=1; wait"
            })
    void badWaitsAreNamed(String query, String field) {
        for (var path : List.of(ORDERS, ORDERS + "/instances/a", "/api/v1/services", "/api/v1/instances")) {
            var reply = node.get(path + query);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                            .map(error -> error.path("field").asText()))
                    .containsExactly(field);
        }
        assertThat(node.get("/api/v1/stats" + query).status()).isEqualTo(400);
    }
}
