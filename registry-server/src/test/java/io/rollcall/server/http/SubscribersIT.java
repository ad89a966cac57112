package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.http.HttpNode.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows, what they acknowledge, and drains that wait for it, over real HTTP. */
final class SubscribersIT {

    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80}";
    private static final String ORDERS = "/api/v1/services/orders";

    @TempDir
    Path folder;

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
        assertThat(node.put(ORDERS + "/instances/a", GOOD).status()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        assertThat(node.faults).isEmpty();
        node.close();
    }

    private Reply acknowledge(String subscription, long index) {
        return node.put("/api/v1/watch/" + subscription, "{\"index\":" + index + "}");
    }

    private JsonNode subscribers() {
        return node.get(ORDERS + "/subscribers").json();
    }

    private CompletableFuture<Reply> drain(String wait) {
        return CompletableFuture.supplyAsync(
                () -> node.send("POST", ORDERS + "/instances/a/drain?wait=" + wait, null),
                task -> new Thread(task).start());
    }

    @Test
    void streamsAreListedWithWhatTheyKnow() throws Exception {
        try (var stream =
                new EventConnection(node.port, "/api/v1/watch?service=orders", "Registry-Subscriber", "checkout")) {
            stream.next();
            var subscription = stream.headers.get("registry-subscription");

            var before = subscribers();
            assertThat(before.path("name").asText()).isEqualTo("orders");
            assertThat(before.path("index").asLong()).isEqualTo(2);
            assertThat(before.path("subscribers")).hasSize(1);
            var one = before.path("subscribers").get(0);
            assertThat(one.path("id").asText()).isEqualTo("checkout");
            assertThat(one.path("subscription").asText()).isEqualTo(subscription);
            assertThat(one.path("node").asText()).isEqualTo("n1");
            assertThat(one.path("kind").asText()).isEqualTo("watch");
            assertThat(one.path("address").asText()).startsWith("127.0.0.1:");
            assertThat(one.path("sent").asLong()).isEqualTo(2);
            assertThat(one.path("acknowledged").asLong()).isZero();
            assertThat(one.path("lag").asLong()).isEqualTo(2);

            assertThat(acknowledge(subscription, 2).status()).isEqualTo(204);

            assertThat(subscribers().path("subscribers").get(0).path("lag").asLong())
                    .isZero();
        }
    }

    @Test
    void drainWaitsForThoseWhoFollow() throws Exception {
        try (var stream = new EventConnection(node.port, "/api/v1/watch?service=orders");
                var other = new EventConnection(node.port, "/api/v1/watch?service=billing")) {
            stream.next();
            other.next();
            var draining = drain("20s");

            var change = stream.nextNews();
            assertThat(change.data().path("removed").toString()).isEqualTo("[\"a\"]");
            assertThat(draining).isNotDone();
            acknowledge(stream.headers.get("registry-subscription"), change.id());

            assertThat(draining).succeedsWithin(Duration.ofSeconds(10));
            assertThat(draining.join().json().path("acknowledged").asInt()).isEqualTo(1);
            assertThat(draining.join().json().path("laggards")).isEmpty();
        }
    }

    @Test
    void drainListsWhoHasNotAcknowledgedWhenItsTimeIsOver() throws Exception {
        try (var stream = new EventConnection(
                        node.port, "/api/v1/watch?service=orders", "Registry-Subscriber", "sleepy");
                var unconcerned = new EventConnection(node.port, "/api/v1/watch?service=orders&tag=env:prod")) {
            stream.next();
            unconcerned.next();

            var reply = drain("300ms").join();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("laggards").toString()).isEqualTo("[\"sleepy\"]");
            assertThat(reply.json().path("acknowledged").asInt()).isEqualTo(1);
        }
    }

    @Test
    void drainHearsOfAWaitingReaderByHisNextRequest() {
        var reading = CompletableFuture.supplyAsync(
                () -> node.get(ORDERS + "?index=2&wait=20s", "Registry-Subscriber", "poller"),
                task -> new Thread(task).start());
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(subscribers().path("subscribers"))
                        .anySatisfy(one -> assertThat(one.path("kind").asText()).isEqualTo("read")));
        var draining = drain("20s");

        var index = reading.join().header("Registry-Index");
        assertThat(draining).isNotDone();
        var next = CompletableFuture.supplyAsync(
                () -> node.get(ORDERS + "?index=" + index + "&wait=1s", "Registry-Subscriber", "poller"),
                task -> new Thread(task).start());

        assertThat(draining).succeedsWithin(Duration.ofSeconds(10));
        assertThat(draining.join().json().path("acknowledged").asInt()).isEqualTo(1);
        assertThat(next).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void unknownStreamsAndBadBodiesAreRefused() {
        var unknown = acknowledge("n1-77", 1);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("code").asText()).isEqualTo("subscription-not-found");
        assertThat(acknowledge("n9-77", 1).status()).isEqualTo(404);

        for (var body : new String[] {"{}", "{\"index\":-1}", "{\"index\":1.5}", "{\"index\":1,\"x\":2}", "[]"}) {
            assertThat(node.put("/api/v1/watch/n1-77", body).status()).as(body).isEqualTo(400);
        }
        assertThat(node.put("/api/v1/watch/n1-77", "{\"index\":1}", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void figuresTellWhatTheNodeDoes() throws Exception {
        try (var stream = new EventConnection(node.port, "/api/v1/watch?service=orders")) {
            stream.next();
            node.put(ORDERS + "/instances/b", GOOD);
            stream.nextNews();

            var figures = node.get("/api/v1/cluster/watch").json();

            assertThat(figures.path("node").asText()).isEqualTo("n1");
            assertThat(figures.path("watchers").asInt()).isEqualTo(1);
            assertThat(figures.path("events").asLong()).isGreaterThanOrEqualTo(2);
            assertThat(figures.path("snapshots").asLong()).isEqualTo(1);
            assertThat(figures.path("uselessWakeups").asLong()).isZero();
            assertThat(figures.path("dropped").path("too-slow").asLong()).isZero();
        }
    }
}
