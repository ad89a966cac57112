package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.Conditions;
import io.rollcall.chaos.cluster.FreePorts;
import io.rollcall.chaos.cluster.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Debian's Prometheus on three nodes, with the rules that are shipped, and a fault that they are to tell of. */
@Tag("chaos")
final class PrometheusIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path SHIPPED = root().resolve("deploy").resolve("observability");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("deploy")) ? here : here.getParent();
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void rulesTellThatNobodyLeads() throws Exception {
        Skip.unless(
                isInstalled()
                        ? Optional.empty()
                        : Optional.of("prometheus is not installed: apt-get install prometheus"));
        ClusterOptions options = ClusterOptions.named("prometheus");
        try (ClusterProcess cluster = ClusterProcess.start(options);
                Server prometheus = new Server(options.folder().resolve("prometheus"), cluster.nodes())) {
            cluster.awaitLeader();
            new PlainClient(Duration.ofSeconds(10))
                    .send(
                            cluster.nodes().get(0).http(),
                            ApiRequest.put(
                                    "/api/v1/services/orders/instances/a", "{\"host\":\"10.0.0.1\",\"port\":80}"));
            Conditions.await("all nodes are scraped", LIMIT, () -> {
                assertThat(prometheus.value("sum(up{job=\"rollcall\"})")).isEqualTo(3);
                assertThat(prometheus.value("sum(registered_services_total)")).isEqualTo(1);
                assertThat(prometheus.value("sum(rollcall_raft_leading)")).isEqualTo(1);
                assertThat(prometheus.value("max(rollcall_instances{status=\"passing\"})"))
                        .isEqualTo(1);
            });
            assertThat(prometheus.firing()).doesNotContain("RollcallNoLeader", "RollcallNodeDown");

            NodeProcess survivor = cluster.nodes().get(2);
            cluster.others(survivor).forEach(NodeProcess::kill);

            Conditions.await(
                    "the alert",
                    LIMIT,
                    () -> assertThat(prometheus.firing()).contains("RollcallNoLeader", "RollcallNodeDown"));

            cluster.others(survivor).forEach(NodeProcess::start);
            Conditions.await(
                    "the end of the alert",
                    LIMIT,
                    () -> assertThat(prometheus.firing()).doesNotContain("RollcallNoLeader", "RollcallNodeDown"));
        }
    }

    private static boolean isInstalled() throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v prometheus").start().waitFor() == 0;
    }

    /** Prometheus as a process of its own. */
    private static final class Server implements AutoCloseable {

        private final Process process;
        private final URI address;

        Server(Path folder, List<NodeProcess> nodes) throws IOException {
            Files.createDirectories(folder);
            // As they are shipped, but for what makes a test wait.
            String rules = Files.readString(SHIPPED.resolve("rollcall-alerts.yml"))
                    .replaceAll("for: \\d+[sm]", "for: 1s")
                    .replaceAll("\\[\\d+m]", "[10s]");
            Files.writeString(folder.resolve("rollcall-alerts.yml"), rules);
            String targets = nodes.stream()
                    .map(node -> "          - " + node.http().getAuthority())
                    .collect(Collectors.joining("\n"));
            String configuration = Files.readString(SHIPPED.resolve("prometheus.yml"))
                    .replaceAll("_interval: 15s", "_interval: 1s")
                    .replaceAll("(?s)( +- 127\\.0\\.0\\.1:\\d+\\n?)+", targets + "\n");
            Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
            int port = FreePorts.find(1).get(0);
            address = URI.create("http://127.0.0.1:" + port);
            process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + file,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        }

        /** The one value of an expression; NaN if it has none. */
        double value(String expression) throws IOException, InterruptedException {
            JsonNode found = ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                    .path("data")
                    .path("result");
            return found.isEmpty()
                    ? Double.NaN
                    : Double.parseDouble(found.get(0).path("value").get(1).asText());
        }

        List<String> firing() throws IOException, InterruptedException {
            return ask("/api/v1/alerts").path("data").findParents("state").stream()
                    .filter(alert -> alert.path("state").asText().equals("firing"))
                    .map(alert -> alert.path("labels").path("alertname").asText())
                    .toList();
        }

        private JsonNode ask(String path) throws IOException, InterruptedException {
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(address.resolve(path)).build();
                return JSON.readTree(CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
            } catch (IOException notYet) {
                throw new AssertionError("Prometheus does not answer", notYet);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
