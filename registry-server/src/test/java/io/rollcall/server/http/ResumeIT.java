package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.FreePort;
import io.rollcall.server.RegistryServer;
import io.rollcall.server.config.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches of three whole nodes: going on at another one, and over a restart; who follows where. */
final class ResumeIT {

    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80,\"tags\":{\"env\":\"prod\"}}";

    @TempDir
    Path folder;

    private final Map<String, RegistryServer> running = new TreeMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Integer> ports = new ArrayList<>();

    @AfterEach
    void stop() {
        running.values().forEach(RegistryServer::stop);
    }

    private void start(String id) throws IOException {
        var options = new HashMap<String, String>();
        options.put("id", id);
        options.put("data", folder.resolve(id).toString());
        options.put("http", "127.0.0.1:0");
        options.put("raft", "127.0.0.1:" + ports.get(id.charAt(1) - '1'));
        options.put("peers", "n1=127.0.0.1:%d,n2=127.0.0.1:%d,n3=127.0.0.1:%d".formatted(ports.toArray()));
        var server = new RegistryServer(
                ServerSettings.load(options, Map.of("ROLLCALL_WATCH_SYNC_INTERVAL", "1s")),
                (message, cause) -> new IllegalStateException(message, cause));
        running.put(id, server);
        server.start();
    }

    private void startAll() throws IOException {
        for (var i = 0; i < 3; i++) {
            ports.add(FreePort.next());
        }
        for (var id : List.of("n1", "n2", "n3")) {
            start(id);
        }
        running.keySet().forEach(this::awaitReady);
    }

    private void awaitReady(String id) {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(send(id, "GET", "/readyz", null).statusCode())
                        .isEqualTo(200));
    }

    private HttpResponse<String> send(String id, String method, String path, String json) {
        var body = json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + running.get(id).httpAddress() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void put(String id, String service, String instance) {
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(send(id, "PUT", "/api/v1/services/" + service + "/instances/" + instance, GOOD)
                                        .statusCode())
                                .isIn(200, 201));
    }

    private EventConnection watch(String id, String query, long seen) throws IOException {
        var port = running.get(id).httpAddress().port();
        return seen == 0
                ? new EventConnection(port, "/api/v1/watch" + query)
                : new EventConnection(port, "/api/v1/watch" + query, "Last-Event-ID", Long.toString(seen));
    }

    @Test
    void streamGoesOnAtAnyNodeAndOverARestartWithoutASnapshot() throws Exception {
        startAll();
        put("n1", "orders", "a");
        put("n1", "billing", "b");

        for (var query :
                List.of("?service=orders&service=billing", "?service=orders&service=billing&tag=env:prod", "")) {
            var versions = new HashMap<String, Long>();
            var seen = 0L;
            try (var stream = watch("n1", query, 0)) {
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
                put("n2", "orders", "a" + node);
                put("n2", "orders", "a");
                try (var stream = watch(node, query, seen)) {
                    assertThat(stream.status).isEqualTo(200);
                    assertThat(stream.next().data().path("subscription").asText())
                            .startsWith(node + "-");
                    var last = 0L;
                    while (last
                            < Long.parseLong(send(node, "GET", "/api/v1/services/orders", null)
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
                running.remove(node).stop();
                start(node);
                awaitReady(node);
            }
        }
    }

    @Test
    void followersAtOtherNodesAreListedAcknowledgedAndWaitedFor() throws Exception {
        startAll();
        put("n1", "orders", "a");
        var streams = new ArrayList<EventConnection>();
        for (var id : running.keySet()) {
            var stream = watch(id, "?service=orders", 0);
            stream.next();
            streams.add(stream);
        }
        await().atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(send("n2", "GET", "/api/v1/services/orders/subscribers", null)
                                .body())
                        .contains("\"node\":\"n1\"", "\"node\":\"n2\"", "\"node\":\"n3\""));

        var draining = client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://" + running.get("n2").httpAddress()
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
            assertThat(send(other, "PUT", "/api/v1/watch/" + name, "{\"index\":" + change.id() + "}")
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
