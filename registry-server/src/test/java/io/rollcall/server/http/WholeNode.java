package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.FreePort;
import io.rollcall.server.RegistryServer;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A node with all its parts, Raft and the leader's duties among them, that is a cluster of its own and leads it. */
final class WholeNode implements AutoCloseable {

    private final RegistryServer server;
    private final Telemetry telemetry = Telemetry.of("n1", "test");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    WholeNode(Path folder) {
        this(folder, Map.of());
    }

    WholeNode(Path folder, Map<String, String> more) {
        try {
            var raft = "127.0.0.1:" + FreePort.next();
            var options = new HashMap<>(Map.of("data", folder.toString(), "http", "127.0.0.1:0", "raft", raft));
            options.putAll(more);
            server = new RegistryServer(ServerSettings.load(options, Map.of()), telemetry, IllegalStateException::new);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(send("GET", "/readyz", null).status()).isEqualTo(200));
    }

    Reply send(String method, String path, String json) {
        var body = json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create("http://" + server.httpAddress() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply put(String path, String json) {
        return send("PUT", path, json);
    }

    Reply post(String path, String json) {
        return send("POST", path, json);
    }

    @Override
    public void close() {
        server.stop();
        telemetry.close();
    }
}
