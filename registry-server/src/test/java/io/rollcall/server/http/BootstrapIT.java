package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.server.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first token of a cluster, and what it makes, on three nodes. */
final class BootstrapIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKENS = "/api/v1/acl/tokens";
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    @TempDir
    Path folder;

    private Path file(String id) {
        return folder.resolve(id).resolve("bootstrap-token");
    }

    /** Of the nodes that were founded together, the leader alone has a file. */
    private String bootstrapToken() throws IOException {
        List<Path> files = NODES.stream().map(this::file).filter(Files::exists).toList();
        assertThat(files).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.get(0))))
                .isEqualTo("rw-------");
        return Files.readString(files.get(0)).strip();
    }

    private static void assertEqualDigests(ThreeNodes cluster) {
        await().atMost(30, SECONDS).untilAsserted(() -> {
            List<JsonNode> digests = NODES.stream()
                    .map(id -> json(cluster.send(id, "GET", "/api/v1/cluster/digest", null)))
                    .toList();
            assertThat(digests.stream()
                            .map(digest -> digest.path("index").asLong()
                                    + digest.path("digest").asText())
                            .distinct())
                    .hasSize(1);
        });
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertHolds(ThreeNodes cluster, String token) {
        for (String id : cluster.running.keySet()) {
            await().atMost(30, SECONDS)
                    .untilAsserted(() -> assertThat(cluster.sendAs(token, id, "GET", TOKENS, null)
                                    .statusCode())
                            .isEqualTo(200));
        }
    }

    private static void restart(ThreeNodes cluster, String id) throws IOException {
        cluster.running.remove(id).stop();
        cluster.start(id);
    }

    @Test
    void tokensMadeAtOneNodeHoldAtAllAfterRestartsTooAndTheirSecretsLieNowhere() throws Exception {
        String bootstrap;
        String made;
        try (var cluster = new ThreeNodes(folder, Map.of("ROLLCALL_ACL_DEFAULT", "deny"))) {
            bootstrap = bootstrapToken();
            assertHolds(cluster, bootstrap);
            HttpResponse<String> answer = cluster.sendAs(
                    bootstrap, "n1", "POST", TOKENS, "{\"identity\":\"ops\",\"policies\":[\"global-management\"]}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            made = json(answer).path("token").asText();
            assertHolds(cluster, made);
            assertThat(cluster.send("n2", "GET", TOKENS, null).statusCode()).isEqualTo(401);
            for (String id : NODES) {
                restart(cluster, id);
                cluster.awaitReady(id);
            }
            assertHolds(cluster, made);
            assertHolds(cluster, bootstrap);
            assertThat(bootstrapToken()).isEqualTo(bootstrap);

            cluster.sendAs(made, "n3", "DELETE", TOKENS + "/bootstrap", null);
            for (String id : NODES) {
                await().atMost(30, SECONDS)
                        .untilAsserted(() -> assertThat(cluster.sendAs(bootstrap, id, "GET", TOKENS, null)
                                        .statusCode())
                                .isEqualTo(401));
            }
            await().atMost(30, SECONDS)
                    .untilAsserted(
                            () -> assertThat(NODES.stream().map(this::file)).noneMatch(Files::exists));
            cluster.running.values().forEach(RegistryServer::stop);
            cluster.running.clear();
        }
        assertLiesNowhere(bootstrap.substring("bootstrap.".length()));
        assertLiesNowhere(made.substring(made.indexOf('.') + 1));
    }

    @Test
    void nodeThatIsSentASnapshotHasTheTokens() throws Exception {
        var environment = Map.of("ROLLCALL_RAFT_SNAPSHOT_THRESHOLD", "100");
        try (var cluster = new ThreeNodes(folder, environment)) {
            String bootstrap = bootstrapToken();
            String last = NODES.stream()
                    .filter(id -> !Files.exists(file(id)))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            cluster.running.remove(last).stop();
            String other = cluster.running.keySet().iterator().next();
            HttpResponse<String> answer = cluster.sendAs(
                    bootstrap, other, "POST", TOKENS, "{\"identity\":\"ops\",\"policies\":[\"global-management\"]}");
            String made = json(answer).path("token").asText();
            // The first waits for a leader; each of the others would be polled for.
            cluster.put(other, "filling", "i");
            for (var i = 0; i < 500; i++) {
                var path = "/api/v1/services/filling/instances/i" + i;
                assertThat(cluster.send(other, "PUT", path, "{\"host\":\"10.0.0.1\",\"port\":80}")
                                .statusCode())
                        .isEqualTo(201);
            }

            cluster.start(last);
            cluster.awaitReady(last);

            assertHolds(cluster, made);
            assertEqualDigests(cluster);
        }
    }

    private void assertLiesNowhere(String secret) throws IOException {
        byte[] marker = secret.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(20);
            for (Path file : all) {
                assertThat(contains(Files.readAllBytes(file), marker))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static boolean contains(byte[] bytes, byte[] marker) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(marker, StandardCharsets.ISO_8859_1));
    }
}
