package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.FreePorts;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.cluster.ServerInstallation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that seal: what is secret is on no disk and in no log, whatever happens while the keys change. */
final class EncryptionIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NO_MASTER_KEY = "this node has no master key";

    /** So many that a rotation is under way when the leader is killed. */
    private static final int INSTANCES = 3_000;

    private static final int BATCH = 500;
    private static final int CONFIG_KEYS = 20;

    private static final Marker METADATA = new Marker("Metadata-Marker-7f3a9c");
    private static final Marker HEADER = new Marker("Header-Marker-51b2e8");
    private static final Marker VALUE = new Marker("Value-Marker-c04d77");
    private static final Marker TOKEN = new Marker("Token-Marker-0e6b1d-0123456789abcdef0123");
    private static final List<Marker> STORED = List.of(METADATA, HEADER, VALUE);
    private static final List<Marker> SECRETS = List.of(METADATA, HEADER, VALUE, TOKEN);

    private final PlainClient client = new PlainClient(Duration.ofSeconds(20));

    @TempDir
    Path folder;

    @Test
    @Tag("chaos")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void scanFindsSecretsThatAreNotSealed() throws IOException {
        ClusterOptions options = withToken(SnapshotInstallIT.smallLog("encryption-off"));
        try (ClusterProcess cluster = ClusterProcess.start(options)) {
            write(cluster.awaitLeader(), 1);
            new Checks(cluster).replicasAgree();
            cluster.nodes().forEach(NodeProcess::kill);

            for (NodeProcess node : cluster.nodes()) {
                for (Marker marker : STORED) {
                    assertThat(marker.foundIn(List.of(node.data())))
                            .as("%s in the files of %s", marker, node.id())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void secretsAreOnNoDiskBeforeAndAfterARotationThatIsDisturbed() throws Exception {
        Path keys = folder.resolve("keys");
        Launcher.run(folder, Map.of(), "keys", "create", "--folder", keys.toString());
        ClusterOptions options = withToken(SnapshotInstallIT.smallLog("encryption-on"))
                .with("ROLLCALL_ENCRYPTION_KEYSET", keys.resolve("keyset.json").toString())
                .with(
                        "ROLLCALL_ENCRYPTION_MASTER_KEY_FILE",
                        keys.resolve("master.key").toString());
        try (ClusterProcess cluster = ClusterProcess.start(options)) {
            for (int round = 1; round <= INSTANCES / BATCH; round++) {
                write(cluster.awaitLeader(), round);
            }
            assertReadable(cluster);
            assertNowhere(cluster);
            long first = keys(cluster.nodes().get(0)).path("primaryKey").asLong();

            NodeProcess away = cluster.others(cluster.awaitLeader()).get(0);
            away.kill();
            killTheLeaderWhileItReseals(cluster, away);
            cluster.awaitAllReady();
            awaitResealed(cluster, first);

            assertReadable(cluster);
            new Checks(cluster).replicasAgree();
            cluster.nodes().forEach(NodeProcess::kill);
            assertNowhere(cluster);
            cluster.nodes().forEach(NodeProcess::start);
            cluster.awaitAllReady();
            assertReadable(cluster);
            cluster.nodes().forEach(NodeProcess::kill);
            assertCopyOpensWithItsMasterKeyAlone(cluster.nodes().get(0).data(), keys.resolve("master.key"));
        }
    }

    private ClusterOptions withToken(ClusterOptions options) throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "bootstrap." + TOKEN.text() + "\n");
        return options.with("ROLLCALL_BOOTSTRAP_TOKEN_FILE", token.toString());
    }

    /** Begins rotations until one of them is interrupted in its middle. */
    private void killTheLeaderWhileItReseals(ClusterProcess cluster, NodeProcess away) {
        List<NodeProcess> both = cluster.others(away);
        for (int attempt = 1; attempt <= 10; attempt++) {
            NodeProcess leader = cluster.awaitLeader(both, LIMIT);
            JsonNode rotated = body(send(leader, ApiRequest.post("/api/v1/keys/rotate", "")));
            assertThat(rotated.path("phase").asText()).isEqualTo("resealing");
            JsonNode underWay = rotated;
            while (underWay.path("phase").asText().equals("resealing")
                    && underWay.path("done").asLong() == 0) {
                underWay = keys(leader);
            }
            leader.kill();
            long total = underWay.path("total").asLong();
            leader.start();
            if (underWay.path("phase").asText().equals("resealing")
                    && underWay.path("done").asLong() < total) {
                away.start();
                return;
            }
        }
        throw new AssertionError("no rotation was caught in its middle: more instances are needed");
    }

    private void awaitResealed(ClusterProcess cluster, long before) {
        for (NodeProcess node : cluster.nodes()) {
            Conditions.await("all secrets to be sealed by the new key on " + node.id(), LIMIT, () -> {
                JsonNode found = keys(node);
                assertThat(found.path("phase").asText()).isNotEqualTo("resealing");
                assertThat(found.path("primaryKey").asLong()).isNotEqualTo(before);
            });
        }
    }

    private JsonNode keys(NodeProcess node) {
        return body(send(node, ApiRequest.get("/api/v1/keys")));
    }

    private Outcome send(NodeProcess node, ApiRequest request) {
        Map<String, String> headers = Map.of("Authorization", "Bearer bootstrap." + TOKEN.text());
        return client.send(node.http(), new ApiRequest(request.method(), request.path(), request.body(), headers));
    }

    private static JsonNode body(Outcome outcome) {
        assertThat(outcome.hasStatus(200)).as("%s", outcome).isTrue();
        return outcome.reply().map(Answer::body).orElseThrow();
    }

    /** Registers a batch twice, so that there is a history, and gives some keys values. */
    private void write(NodeProcess node, int round) {
        List<String> instances = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            instances.add("""
                    {"name":"sealed","id":"i%d","host":"127.0.0.1","port":9,"ttl":"0s","metadata":{"note":"%s-%d"},\
                    "healthCheck":{"type":"http","endpoint":"/","interval":"1h","headers":{"Authorization":"%s"}}}""".formatted(round * BATCH + i, METADATA.text(), i, HEADER.text()));
        }
        String batch = "{\"instances\":[" + String.join(",", instances) + "]}";
        for (int i = 0; i < 2; i++) {
            Outcome outcome = send(node, ApiRequest.post("/api/v1/registrations", batch));
            assertThat(outcome.hasStatus(200)).as("%s", outcome).isTrue();
        }
        for (int i = 0; i < CONFIG_KEYS; i++) {
            Outcome outcome =
                    send(node, ApiRequest.put("/api/v1/config/sealed/" + i + "?secret=true", VALUE.text() + "-" + i));
            assertThat(outcome.hasStatus(201) || outcome.hasStatus(200))
                    .as("%s", outcome)
                    .isTrue();
        }
    }

    private void assertReadable(ClusterProcess cluster) {
        for (NodeProcess node : cluster.nodes()) {
            JsonNode instance = body(send(
                    node, ApiRequest.get("/api/v1/services/sealed/instances/i" + BATCH + "?consistency=linearizable")));
            assertThat(instance.path("metadata").path("note").asText()).isEqualTo(METADATA.text() + "-0");
            JsonNode history = body(send(node, ApiRequest.get("/api/v1/services/sealed/history?limit=500")));
            assertThat(history.path("events").toString()).contains(METADATA.text());
        }
    }

    private static void assertNowhere(ClusterProcess cluster) {
        for (NodeProcess node : cluster.nodes()) {
            for (Marker marker : SECRETS) {
                assertThat(marker.foundIn(List.of(node.data(), node.log())))
                        .as("%s in the files of %s", marker, node.id())
                        .isEmpty();
            }
        }
    }

    /** As who has taken the disk, or a backup of it. */
    private void assertCopyOpensWithItsMasterKeyAlone(Path data, Path masterKey) throws Exception {
        Path another = folder.resolve("another.key");
        byte[] wrong = new byte[32];
        Arrays.fill(wrong, (byte) 7);
        Files.writeString(another, Base64.getEncoder().encodeToString(wrong));

        assertThat(startOfACopy(data, "without", null)).contains(NO_MASTER_KEY).doesNotContain("rollcall is serving");
        assertThat(startOfACopy(data, "wrong", another))
                .contains("this node has another master key")
                .doesNotContain("rollcall is serving");
        assertThat(startOfACopy(data, "right", masterKey)).contains("rollcall is serving");
    }

    /** Starts a node on a copy of the data, until it serves or ends, and returns what it said. */
    private String startOfACopy(Path data, String name, Path masterKey) throws Exception {
        Path copy = folder.resolve(name);
        copyAll(data, copy);
        List<Integer> ports = FreePorts.find(2);
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                ServerInstallation.locate().lib() + File.separator + "*",
                "io.rollcall.server.Main",
                "--id",
                data.getFileName().toString(),
                "--data",
                copy.toString(),
                "--http",
                "127.0.0.1:" + ports.get(0),
                "--raft",
                "127.0.0.1:" + ports.get(1)));
        if (masterKey != null) {
            words.addAll(List.of("--encryption-master-key-file", masterKey.toString()));
        }
        Path output = folder.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("ROLLCALL_"));
        Process process = builder.start();
        try {
            Conditions.await(
                    "the copy to serve or to end",
                    LIMIT,
                    () -> assertThat(!process.isAlive()
                                    || Files.readString(output).contains("rollcall is serving"))
                            .isTrue());
            return Files.readString(output);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
