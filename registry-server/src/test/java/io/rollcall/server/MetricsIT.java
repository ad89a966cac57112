package io.rollcall.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rollcall.SourceTree;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole node says at {@code /metrics} once it has had something of everything to do. */
final class MetricsIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0";
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `([^`]+)` \\| `[^`]+` \\| ", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE);

    /** This node has no certificates and no keys. */
    private static final Set<String> NOT_HERE = Set.of(
            "tls_certificate_expiry_seconds",
            "rollcall_encryption_keys",
            "rollcall_encryption_primary_key_age_seconds",
            "rollcall_encryption_reseal_done",
            "rollcall_encryption_reseal_all");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static Telemetry telemetry;
    private static RegistryServer server;

    @BeforeAll
    static void start() throws Exception {
        var options = Map.of("data", folder.toString(), "http", "127.0.0.1:0", "raft", "127.0.0.1:" + FreePort.next());
        telemetry = Telemetry.of("n1", "test");
        server = new RegistryServer(
                ServerSettings.load(options, Map.of("ROLLCALL_CANARY_INTERVAL", "200ms")),
                telemetry,
                IllegalStateException::new);
        server.start();
        await().atMost(30, SECONDS)
                .untilAsserted(() ->
                        assertThat(send("GET", "/readyz", null).statusCode()).isEqualTo(200));
        work();
    }

    /** Something of everything. */
    private static void work() throws Exception {
        var check =
                "{\"host\":\"127.0.0.1\",\"port\":%d,\"healthCheck\":{\"type\":\"tcp\",\"interval\":\"1s\",\"retries\":1}}"
                        .formatted(FreePort.next());
        send("PUT", "/api/v1/services/checked/instances/a", check);
        send("PUT", "/api/v1/services/orders/instances/a", "{\"host\":\"10.0.0.1\",\"port\":80}");
        send(
                "POST",
                "/api/v1/registrations",
                "{\"instances\":[{\"name\":\"orders\",\"id\":\"b\",\"host\":\"10.0.0.2\",\"port\":80}]}");
        send("PUT", "/api/v1/services/orders/instances/a/heartbeat", "");
        send("GET", "/api/v1/services/orders", null, "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
        send("GET", "/api/v1/services/orders/instances/missing", null);
        send("GET", "/api/v1/services/orders?consistency=linearizable", null);
        send("DELETE", "/api/v1/services/orders/instances/b", null);
        var bootstrap = Files.readString(folder.resolve("bootstrap-token")).strip();
        send(
                "POST",
                "/api/v1/acl/tokens",
                "{\"identity\":\"i\",\"policies\":[],\"ttl\":\"1h\"}",
                "Authorization",
                "Bearer " + bootstrap);
    }

    @AfterAll
    static void stop() {
        server.stop();
        telemetry.close();
    }

    private static HttpResponse<String> send(String method, String path, String json, String... headers)
            throws Exception {
        var body = json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create("http://" + server.httpAddress() + path))
                .method(method, body);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String metrics() throws Exception {
        return send("GET", "/metrics", null).body();
    }

    private static Set<String> shown(String text) {
        return TYPE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shownIsWhatIsDocumentedAndNothingElse() throws Exception {
        var document = Files.readString(SourceTree.root().resolve("docs/telemetry.md"));
        var documented = DOCUMENTED
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !NOT_HERE.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        await().atMost(20, SECONDS).untilAsserted(() -> {
            var own = shown(metrics());
            own.removeIf(name -> name.startsWith("jvm_") || name.startsWith("otel_sdk_"));
            assertThat(own).isEqualTo(documented);
        });
        assertThat(shown(metrics())).contains("jvm_memory_used_bytes", "jvm_thread_count");
    }

    @Test
    void figuresAreThoseOfWhatWasDone() throws Exception {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(metrics())
                        .contains("\nregistered_services_total 3.0\n")
                        .contains("\nderegistered_services_total 1.0\n")
                        .contains("\nregistration_latency_seconds_count 3\n")
                        .contains("rollcall_services 2.0\n")
                        .contains("rollcall_instances{status=\"passing\"} 1.0\n")
                        .contains("rollcall_instances{status=\"critical\"} 1.0\n")
                        .contains("\nhealth_check_failures_total 1.0\n")
                        .contains("rollcall_heartbeats_total{result=\"renewed\"} 1.0\n")
                        .contains("rollcall_http_problems_total{code=\"instance-not-found\"} 1.0\n")
                        .contains("rollcall_raft_leading 1.0\n")
                        .contains("rollcall_raft_leader_known 1.0\n")
                        .contains("rollcall_raft_members{reachable=\"true\"} 1.0\n")
                        .containsPattern("rollcall_acl_tokens 2\\.0\n")
                        .containsPattern("rollcall_propagation_duration_seconds_count\\{node=\"n1\"} [1-9]")
                        .containsPattern("check_failures_total [1-9]")
                        .containsPattern("rollcall_audit_lines_total [1-9]")
                        .containsPattern("rollcall_raft_log_syncs_total [1-9]")
                        .containsPattern(
                                "rollcall_node_info\\{cluster_id=\"[0-9a-f-]{36}\",node_id=\"n1\",version=\"test\"} 1")
                        .doesNotContain("orders"));
    }

    @Test
    void openMetricsShowTheTraceOfARequest() throws Exception {
        var text = send("GET", "/metrics", null, "Accept", OPENMETRICS).body();

        assertThat(text)
                .contains("http_route=\"/api/v1/services/{name}\"")
                .contains("trace_id=\"" + TRACE + "\"")
                .endsWith("# EOF\n");
    }

    @Test
    void promtoolHasNothingToSay() throws Exception {
        assumeTrue(isInstalled("promtool"), "promtool is not installed: Debian has it in its package prometheus");

        var said = promtool(metrics());

        // Names of the semantic conventions, which the rules of OpenTelemetry turn into these.
        var known = Set.of("jvm_class_count", "jvm_cpu_count", "jvm_thread_count");
        assertThat(said.lines().filter(line -> known.stream().noneMatch(line::startsWith)))
                .isEmpty();
    }

    @Test
    void promtoolTakesTheAlertRules() throws Exception {
        assumeTrue(isInstalled("promtool"), "promtool is not installed: Debian has it in its package prometheus");
        var rules = Path.of("").toAbsolutePath().getParent().resolve("deploy/observability/rollcall-alerts.yml");
        var said = folder.resolve("promtool-rules");

        var process = new ProcessBuilder("promtool", "check", "rules", rules.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        assertThat(Files.readString(said)).containsPattern("SUCCESS: [1-9][0-9]* rules found");
    }

    private static boolean isInstalled(String command) throws Exception {
        var process = new ProcessBuilder("sh", "-c", "command -v " + command).start();
        return process.waitFor() == 0;
    }

    private static String promtool(String text) throws IOException, InterruptedException {
        var said = folder.resolve("promtool");
        var given = Files.writeString(folder.resolve("metrics"), text);
        var process = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(given.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        return Files.readString(said);
    }
}
