package io.rollcall.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.telemetry.Telemetry;
import io.rollcall.statemachine.apply.FaultHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes in one process: real Raft, real RocksDB, real HTTP. */
final class RegistryServerIT {

    private static final FaultHandler FAULTS = (message, cause) -> new IllegalStateException(message, cause);
    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80}";

    @TempDir
    Path folder;

    private final List<RegistryServer> running = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        running.forEach(RegistryServer::stop);
    }

    private RegistryServer start(String id, int raftPort, String peers) throws IOException {
        var options = Map.of(
                "id",
                id,
                "data",
                folder.resolve(id).toString(),
                "http",
                ":0",
                "raft",
                "127.0.0.1:" + raftPort,
                "peers",
                peers);
        var server = new RegistryServer(ServerSettings.load(options, Map.of()), Telemetry.of(id, "test"), FAULTS);
        running.add(server);
        server.start();
        return server;
    }

    private HttpResponse<String> send(RegistryServer server, String method, String path, String json) {
        var body = json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create("http://" + server.httpAddress() + path))
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

    /** A cluster that was just founded takes no configuration until all members are known to read it. */
    private HttpResponse<String> putConfig(RegistryServer server, String value) {
        return await().atMost(30, SECONDS)
                .until(
                        () -> send(server, "PUT", "/api/v1/config/orders/limits", value),
                        reply -> reply.statusCode() == 201);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private void awaitReady(RegistryServer server) {
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(send(server, "GET", "/readyz", null).statusCode())
                                .isEqualTo(200));
    }

    @Test
    void nodeKeepsWhatItAcknowledgedOverARestart() throws Exception {
        var port = FreePort.next();
        var first = start("n1", port, "");
        awaitReady(first);
        var put = send(first, "PUT", "/api/v1/services/orders/instances/a", GOOD);
        assertThat(put.statusCode()).isEqualTo(201);
        var config = putConfig(first, GOOD);
        first.stop();
        running.clear();

        var second = start("n1", port, "");
        awaitReady(second);

        assertThat(json(send(second, "GET", "/api/v1/services/orders/instances/a", null)))
                .isEqualTo(json(put));
        assertThat(send(second, "GET", "/api/v1/config/orders/limits", null).body())
                .isEqualTo(GOOD);
        assertThat(json(send(second, "GET", "/api/v1/config/orders/limits?history=true", null))
                        .path("versions"))
                .containsExactly(json(config));
    }

    @Test
    void everyNodeOfThreeServesWritesAndCurrentReads() throws Exception {
        var ports = List.of(FreePort.next(), FreePort.next(), FreePort.next());
        var peers = "n1=127.0.0.1:%d,n2=127.0.0.1:%d,n3=127.0.0.1:%d".formatted(ports.toArray());
        var nodes = List.of(
                start("n1", ports.get(0), peers), start("n2", ports.get(1), peers), start("n3", ports.get(2), peers));
        nodes.forEach(this::awaitReady);

        for (var i = 0; i < 30; i++) {
            var id = "i" + i;
            assertThat(send(nodes.get(i % 3), "PUT", "/api/v1/services/orders/instances/" + id, GOOD)
                            .statusCode())
                    .isEqualTo(201);
            var read = send(nodes.get((i + 1) % 3), "GET", "/api/v1/services/orders?consistency=linearizable", null);
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(json(read).path("instances")).hasSize(i + 1);
        }
        putConfig(nodes.get(0), "1".repeat(512 * 1024));
        for (var node : nodes) {
            var read = send(node, "GET", "/api/v1/config/orders/limits?consistency=linearizable", null);
            assertThat(read.body()).hasSize(512 * 1024);
        }

        await().atMost(10, SECONDS).untilAsserted(() -> {
            var cluster = json(send(nodes.get(0), "GET", "/api/v1/cluster", null));
            assertThat(cluster.path("members")).hasSize(3).allSatisfy(member -> {
                assertThat(member.path("http").asText()).startsWith("127.0.0.1:");
                assertThat(member.path("scheme").asText()).isEqualTo("http");
                assertThat(member.path("reachable").asBoolean()).isTrue();
            });
            assertThat(cluster.path("leader").asText()).startsWith("n");
        });
    }

    @Test
    void addressInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = Map.of("data", folder.toString(), "http", "127.0.0.1:" + taken.getLocalPort());

            assertThatThrownBy(() -> new RegistryServer(
                            ServerSettings.load(options, Map.of()), Telemetry.of("n1", "test"), FAULTS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP cannot be served at 127.0.0.1:" + taken.getLocalPort());
        }
    }
}
