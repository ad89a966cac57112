package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches of three whole nodes: going on at another one, and over a restart; who follows where. */
final class ResumeIT {

    @TempDir
    Path folder;

    private ThreeNodes nodes;

    @BeforeEach
    void start() throws IOException {
        nodes = new ThreeNodes(folder, Map.of("ROLLCALL_WATCH_SYNC_INTERVAL", "1s"));
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void streamGoesOnAtAnyNodeAndOverARestartWithoutASnapshot() throws Exception {
        nodes.put("n1", "orders", "a");
        nodes.put("n1", "billing", "b");

        for (var query :
                List.of("?service=orders&service=billing", "?service=orders&service=billing&tag=env:prod", "")) {
            var versions = new HashMap<String, Long>();
            var seen = 0L;
            try (var stream = nodes.watch("n1", query, 0)) {
                for (var i = 0; i < 2; i++) {
                    var snapshot = stream.nextNews();
                    assertThat(snapshot.type()).isEqualTo("snapshot");
                    versions.put(
                            snapshot.data().path("service").asText(),
                            snapshot.data().path("index").asLong());
                    seen = snapshot.id() == null ? seen : snapshot.id();
                }
            }
            for (var node : List.of("n2", "n3", "n1")) {
                nodes.put("n2", "orders", "a" + node);
                nodes.put("n2", "orders", "a");
                try (var stream = nodes.watch(node, query, seen)) {
                    assertThat(stream.status).isEqualTo(200);
                    assertThat(stream.next().data().path("subscription").asText())
                            .startsWith(node + "-");
                    var last = 0L;
                    while (last
                            < Long.parseLong(nodes.send(node, "GET", "/api/v1/services/orders", null)
                                    .headers()
                                    .firstValue("Registry-Index")
                                    .orElseThrow())) {
                        var change = stream.nextNews();
                        assertThat(change.type()).as("%s at %s", query, node).isEqualTo("change");
                        assertThat(change.data().path("from").asLong()).isEqualTo(versions.get("orders"));
                        last = change.data().path("to").asLong();
                        versions.put("orders", last);
                        seen = change.id();
                    }
                }
                nodes.running.remove(node).stop();
                nodes.start(node);
                nodes.awaitReady(node);
            }
        }
    }

    @Test
    void followersAtOtherNodesAreListedAcknowledgedAndWaitedFor() throws Exception {
        nodes.put("n1", "orders", "a");
        var streams = new ArrayList<EventConnection>();
        for (var id : nodes.running.keySet()) {
            var stream = nodes.watch(id, "?service=orders", 0);
            stream.next();
            streams.add(stream);
        }
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(nodes.send("n2", "GET", "/api/v1/services/orders/subscribers", null)
                                .body())
                        .contains("\"node\":\"n1\"", "\"node\":\"n2\"", "\"node\":\"n3\""));

        var draining = nodes.client.sendAsync(
                HttpRequest.newBuilder(
                                URI.create("http://" + nodes.running.get("n2").httpAddress()
                                        + "/api/v1/services/orders/instances/a/drain?wait=50s"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        for (var stream : streams) {
            assertThat(draining).isNotDone();
            var change = stream.nextNews();
            // Through another node than the one that has the stream.
            var name = stream.headers.get("registry-subscription");
            var other = name.startsWith("n3-") ? "n1" : "n3";
            assertThat(nodes.send(other, "PUT", "/api/v1/watch/" + name, "{\"index\":" + change.id() + "}")
                            .statusCode())
                    .isEqualTo(204);
        }

        assertThat(draining).succeedsWithin(Duration.ofSeconds(30));
        assertThat(draining.join().body()).isEqualTo("{\"acknowledged\":3,\"laggards\":[]}");
        for (var stream : streams) {
            stream.close();
        }
    }
}
