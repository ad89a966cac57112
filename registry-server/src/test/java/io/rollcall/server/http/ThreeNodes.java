package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.FreePort;
import io.rollcall.server.RegistryServer;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.telemetry.Telemetry;
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

/** Three whole nodes in one process that form a cluster. */
final class ThreeNodes implements AutoCloseable {

    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80,\"tags\":{\"env\":\"prod\"}}";

    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final Map<String, RegistryServer> running = new TreeMap<>();
    private final Path folder;
    private final Map<String, String> environment;
    private final List<Integer> ports = new ArrayList<>();

    ThreeNodes(Path folder, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        for (var i = 0; i < 3; i++) {
            ports.add(FreePort.next());
        }
        for (var id : List.of("n1", "n2", "n3")) {
            start(id);
        }
        running.keySet().forEach(this::awaitReady);
    }

    void start(String id) throws IOException {
        var options = new HashMap<String, String>();
        options.put("id", id);
        options.put("data", folder.resolve(id).toString());
        options.put("http", "127.0.0.1:0");
        options.put("raft", "127.0.0.1:" + ports.get(id.charAt(1) - '1'));
        options.put("peers", "n1=127.0.0.1:%d,n2=127.0.0.1:%d,n3=127.0.0.1:%d".formatted(ports.toArray()));
        var server = new RegistryServer(
                ServerSettings.load(options, environment),
                Telemetry.of(id, "test"),
                (message, cause) -> new IllegalStateException(message, cause));
        running.put(id, server);
        server.start();
    }

    void awaitReady(String id) {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(send(id, "GET", "/readyz", null).statusCode())
                        .isEqualTo(200));
    }

    HttpResponse<String> send(String id, String method, String path, String json) {
        return send(id, method, path, json, new String[0]);
    }

    HttpResponse<String> sendAs(String token, String id, String method, String path, String json) {
        return send(id, method, path, json, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(String id, String method, String path, String json, String... headers) {
        var body = json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + running.get(id).httpAddress() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void put(String id, String service, String instance) {
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(send(id, "PUT", "/api/v1/services/" + service + "/instances/" + instance, GOOD)
                                        .statusCode())
                                .isIn(200, 201));
    }

    EventConnection watch(String id, String query, long seen) throws IOException {
        var port = running.get(id).httpAddress().port();
        return seen == 0
                ? new EventConnection(port, "/api/v1/watch" + query)
                : new EventConnection(port, "/api/v1/watch" + query, "Last-Event-ID", Long.toString(seen));
    }

    @Override
    public void close() {
        running.values().forEach(RegistryServer::stop);
    }
}
