package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.config.WatchSettings;
import io.rollcall.server.watch.WatchCounters.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stream of changes over real HTTP. */
final class WatchIT {

    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80}";

    @TempDir
    Path folder;

    private HttpNode node;

    private HttpNode start() {
        node = new HttpNode(folder);
        return node;
    }

    @AfterEach
    void stop() {
        if (node != null) {
            assertThat(node.faults).isEmpty();
            node.close();
        }
    }

    private void put(String service, String id) {
        assertThat(node.put("/api/v1/services/" + service + "/instances/" + id, GOOD)
                        .status())
                .isIn(200, 201);
    }

    private EventConnection watch(String query, String... headers) throws IOException {
        return new EventConnection(node.port, "/api/v1/watch" + query, headers);
    }

    @Test
    void streamTellsWhatThereIsAndThenWhatChanges() throws Exception {
        start();
        put("orders", "a");

        try (var stream = watch("?service=orders")) {
            assertThat(stream.status).isEqualTo(200);
            assertThat(stream.headers)
                    .containsEntry("content-type", "text/event-stream")
                    .containsEntry("cache-control", "no-store")
                    .containsEntry("registry-node", "n1");
            var first = stream.next();
            assertThat(first.type()).isEqualTo("snapshot");
            assertThat(first.id()).isEqualTo(2);
            assertThat(first.data().path("subscription").asText())
                    .isEqualTo(stream.headers.get("registry-subscription"));
            assertThat(first.data().path("instances").get(0))
                    .isEqualTo(node.get("/api/v1/services/orders")
                            .json()
                            .path("instances")
                            .get(0));

            put("billing", "x");
            put("orders", "b");
            node.delete("/api/v1/services/orders/instances/a");

            var added = stream.nextNews();
            assertThat(added.type()).isEqualTo("change");
            assertThat(added.data().path("from").asLong()).isEqualTo(2);
            assertThat(added.id()).isEqualTo(added.data().path("to").asLong()).isEqualTo(4);
            var removed = stream.nextNews();
            assertThat(removed.data().path("from").asLong()).isEqualTo(4);
            assertThat(removed.data().path("removed").toString()).isEqualTo("[\"a\"]");
        }
    }

    @Test
    void quietStreamOutlivesTheIdleTimeoutAndSaysHowFarItIs() throws Exception {
        start();
        put("orders", "a");

        try (var stream = watch("?service=orders&tag=env:prod")) {
            var first = stream.next();
            assertThat(first.data().path("instances")).isEmpty();
            for (var i = 0; i < 3; i++) {
                var sync = stream.next();
                assertThat(sync.type()).isEqualTo("sync");
                assertThat(sync.id())
                        .isEqualTo(sync.data().path("index").asLong())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void manyServicesGoThroughOneStreamAndAllMeansThoseToCome() throws Exception {
        start();
        put("orders", "a");

        try (var named = watch("?service=orders&service=billing");
                var all = watch("")) {
            assertThat(List.of(
                            named.next().data().path("service").asText(),
                            named.next().data().path("service").asText()))
                    .containsExactly("billing", "orders");
            assertThat(all.next().data().path("service").asText()).isEqualTo("orders");

            put("billing", "b");
            put("stock", "c");

            assertThat(named.nextNews().type()).isEqualTo("change");
            assertThat(all.nextNews().data().path("service").asText()).isEqualTo("billing");
            assertThat(all.nextNews().data().path("service").asText()).isEqualTo("stock");
        }
    }

    @Test
    void whoTakesNothingIsCutOffInTime() throws Exception {
        start();
        // More than the buffers of both ends hold.
        for (var from = 0; from < 12_000; from += 1_000) {
            var items = new ArrayList<String>();
            for (var i = from; i < from + 1_000; i++) {
                items.add("{\"name\":\"large\",\"id\":\"" + i + "\",\"host\":\"h\",\"port\":1,\"metadata\":{\"m\":\""
                        + "x".repeat(1_500) + "\"}}");
            }
            assertThat(node.post("/api/v1/registrations", "[" + String.join(",", items) + "]")
                            .status())
                    .isEqualTo(200);
        }
        try (var stuck = watch("?service=large");
                var other = watch("?service=orders")) {
            other.next();

            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(node.hub.counters().get(Count.DROPPED_TOO_SLOW))
                            .isEqualTo(1));

            assertThat(node.hub.figures().streams()).isEqualTo(1);
            assertThatThrownBy(stuck::next).isInstanceOf(IOException.class);
            put("orders", "a");
            assertThat(other.nextNews().type()).isEqualTo("change");
        }
    }

    @Test
    void streamOfNothingBeginsAtOnce() throws Exception {
        start();

        try (var stream = watch("?namespace=empty")) {
            var first = stream.next();

            assertThat(first.type()).isEqualTo("sync");
            assertThat(first.data().path("subscription").asText()).isNotEmpty();
        }
    }

    @Test
    void resumedStreamGoesOnBehindTheLastEvent() throws Exception {
        start();
        put("orders", "a");
        long seen;
        try (var stream = watch("?service=orders")) {
            seen = stream.next().id();
        }

        // Something there is that keeps what happened: another watcher of the same.
        try (var other = watch("?service=orders")) {
            other.next();
            put("orders", "b");
            put("orders", "c");
            for (var stream : List.of(
                    watch("?service=orders", "Last-Event-ID", Long.toString(seen)),
                    watch("?service=orders&lastEventId=" + seen),
                    watch("?service=orders&lastEventId=1", "Last-Event-ID", Long.toString(seen)))) {
                try (stream) {
                    var hello = stream.next();
                    assertThat(hello.type()).isEqualTo("sync");
                    assertThat(hello.id()).isEqualTo(seen);
                    var missed = stream.next();
                    assertThat(missed.data().path("from").asLong()).isEqualTo(seen);
                    assertThat(missed.data().path("upserted")).hasSize(2);
                }
            }
        }
    }

    @Test
    void nodeThatIsBehindWhatTheWatcherKnowsRefuses() throws Exception {
        start();

        try (var stream = watch("?service=orders", "Last-Event-ID", "1000")) {
            assertThat(stream.status).isEqualTo(503);
            assertThat(stream.json().path("code").asText()).isEqualTo("not-ready");
            assertThat(stream.headers).containsEntry("retry-after", "1");
        }
    }

    @Test
    void nodeThatHasNotCaughtUpRefuses() throws Exception {
        start();
        node.cluster.caughtUp = false;

        try (var stream = watch("?service=orders")) {
            assertThat(stream.status).isEqualTo(503);
            assertThat(stream.json().path("code").asText()).isEqualTo("not-ready");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "?service=a%20b; service",
                "?service=; service",
                "?status=good; status",
                "?filter=(; filter",
                "?tag=x; tag",
                "?lastEventId=x; lastEventId",
                "?since=1; since",
                "?namespace=-; namespace",
            })
    void badParametersAreNamed(String query, String field) throws Exception {
        start();

        try (var stream = watch(query)) {
            assertThat(stream.status).isEqualTo(400);
            assertThat(stream.headers).containsEntry("content-type", "application/problem+json");
            var problem = stream.json();
            assertThat(problem.path("code").asText()).isEqualTo("invalid-request");
            assertThat(StreamSupport.stream(problem.path("errors").spliterator(), false)
                            .map(error -> error.path("field").asText()))
                    .containsExactly(field);
        }
    }

    @Test
    void badHeadersAndTooManyServicesAreNamed() throws Exception {
        start();

        try (var stream = watch("", "Last-Event-ID", "last", "Registry-Subscriber", "x".repeat(129))) {
            assertThat(stream.json().path("errors")).hasSize(2);
        }
        try (var stream = watch("?service=s" + "&service=s".repeat(256))) {
            assertThat(stream.json().path("limit").asInt()).isEqualTo(256);
        }
    }

    @Test
    void otherMethodsAreNotAllowedAndHeadHasNoEnd() {
        start();

        assertThat(node.post("/api/v1/watch", "{}").status()).isEqualTo(405);
        assertThat(node.post("/api/v1/watch", "{}").header("Allow")).isEqualTo("GET, HEAD");
        var head = node.send("HEAD", "/api/v1/watch", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
    }

    @Test
    void moreStreamsThanTheLimitAreRefusedWithIt() throws Exception {
        node = new HttpNode(
                folder, new WatchSettings(2, 2, Duration.ofSeconds(1), Duration.ofSeconds(2), 10_000, 1_000));

        try (var first = watch("");
                var second = watch("");
                var third = watch("")) {
            assertThat(first.status).isEqualTo(200);
            assertThat(second.status).isEqualTo(200);
            assertThat(third.status).isEqualTo(503);
            var problem = third.json();
            assertThat(problem.path("code").asText()).isEqualTo("overloaded");
            assertThat(problem.path("limit").asInt()).isEqualTo(2);
            assertThat(problem.path("detail").asText()).contains("watch.max-streams");
            assertThat(third.headers).containsKey("retry-after");
        }
        // Whoever has gone is found out by the next thing that is said to him.
        await().atMost(10, SECONDS).untilAsserted(() -> {
            try (var stream = watch("")) {
                assertThat(stream.status).isEqualTo(200);
            }
        });
    }

    @Test
    void stuckReaderIsCutOffAndBurdensNobody() throws Exception {
        start();
        var metadata = "x".repeat(16_000);
        var large = "{\"host\":\"10.0.0.1\",\"port\":80,\"metadata\":{\"a\":\"" + metadata + "\"}}";

        try (var stuck = new EventConnection(node.port, 4_096, "/api/v1/watch?service=orders");
                var quick = watch("?service=orders")) {
            assertThat(stuck.status).isEqualTo(200);
            var heard = new AtomicLong();
            var reading = CompletableFuture.runAsync(() -> readAll(quick, heard), task -> new Thread(task).start());
            var last = "";
            for (var i = 0; node.hub.counters().get(Count.DROPPED_TOO_SLOW) == 0; i++) {
                last = node.put("/api/v1/services/orders/instances/i" + i % 20, large)
                        .header("Registry-Index");
                assertThat(i).isLessThan(20_000);
            }

            var written = Long.parseLong(last);
            await().atMost(10, SECONDS).untilAsserted(() -> assertThat(heard).hasValueGreaterThanOrEqualTo(written));
            assertThat(reading).isNotDone();
            await().atMost(5, SECONDS)
                    .untilAsserted(
                            () -> assertThat(node.hub.figures().streams()).isEqualTo(1));
            assertThatThrownBy(() -> {
                        while (stuck.next() != null) {
                            // All that the system had taken.
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private static void readAll(EventConnection stream, AtomicLong heard) {
        try {
            for (var event = stream.next(); event != null; event = stream.next()) {
                if (event.id() != null) {
                    heard.set(event.id());
                }
            }
        } catch (IOException e) {
            // The test has closed it.
        }
    }

    @Test
    void streamsEndInGoodOrderWhenTheNodeStops() throws Exception {
        start();
        put("orders", "a");
        var streams = new ArrayList<EventConnection>();
        for (var i = 0; i < 20; i++) {
            var stream = watch("?service=orders");
            assertThat(stream.next().type()).isEqualTo("snapshot");
            streams.add(stream);
        }

        var begun = System.nanoTime();
        node.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        for (var stream : streams) {
            assertThat(stream.nextNews()).isNull();
            stream.close();
        }
    }

    @Test
    void largeSnapshotComesWhole() throws Exception {
        start();
        for (var batch = 0; batch < 10; batch++) {
            var items = new ArrayList<String>();
            for (var i = 0; i < 100; i++) {
                items.add("{\"name\":\"large\",\"id\":\"i" + (batch * 100 + i)
                        + "\",\"host\":\"10.0.0.1\",\"port\":80,\"metadata\":{\"a\":\"" + "x".repeat(1_000) + "\"}}");
            }
            assertThat(node.post("/api/v1/registrations", "[" + String.join(",", items) + "]")
                            .status())
                    .isEqualTo(200);
        }

        try (var stream = watch("?service=large&service=none")) {
            assertThat(stream.next().data().path("service").asText()).isEqualTo("none");
            var snapshot = stream.next();
            assertThat(snapshot.data().path("instances")).hasSize(1_000);
            assertThat(snapshot.data().path("subscription").asText()).isNotEmpty();
        }
    }
}
