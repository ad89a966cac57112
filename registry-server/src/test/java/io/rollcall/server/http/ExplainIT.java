package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.app.CheckCounts;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations over HTTP: their fields, how current they are, and what is known of those that are gone. */
final class ExplainIT {

    private static final String ORDERS = "/api/v1/services/orders";
    private static final String EXPLAIN = ORDERS + "/explain";

    @TempDir
    Path folder;

    private HttpNode node;

    @BeforeEach
    void start() {
        node = new HttpNode(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void register(String id, String more) {
        assertThat(node.put(ORDERS + "/instances/" + id, "{\"host\":\"10.0.0.1\",\"port\":80" + more + "}")
                        .status())
                .isLessThan(300);
    }

    private static JsonNode step(JsonNode explanation, String name) {
        return StreamSupport.stream(explanation.path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> declared(String schema) {
        return names(node.get("/api/v1/openapi.json").json().at("/components/schemas/" + schema + "/properties"));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Test
    void instanceIsExplainedByTheQueryOfDiscovery() {
        register("a", ",\"zone\":\"eu-1\"");

        var inZone = node.get(EXPLAIN + "?instance=a&zone=eu-1");
        var elsewhere = node.get(EXPLAIN + "?instance=a&zone=eu-2&consistency=linearizable");

        assertThat(inZone.json().path("returned").asBoolean()).isTrue();
        assertThat(elsewhere.json().path("returned").asBoolean()).isFalse();
        assertThat(elsewhere.json().path("hint").asText()).isEqualTo("it would be returned without asking for zone");
        assertThat(elsewhere.header("Registry-Consistency")).isEqualTo("linearizable");
        assertThat(elsewhere.header("Registry-Index"))
                .isEqualTo(node.get(ORDERS + "?zone=eu-2").header("Registry-Index"));
        assertThat(elsewhere.header("ETag")).isNull();
    }

    @Test
    void heartbeatMovesTheAgeAtOnce() {
        register("a", "");
        node.put(ORDERS + "/instances/a/heartbeat", "");
        node.leases.now.addAndGet(2_500);

        var lease = step(node.get(EXPLAIN + "?instance=a").json(), "lease");

        assertThat(lease.path("lastHeartbeatAgeMillis").asLong()).isEqualTo(2_500);
        assertThat(lease.path("ttl").asText()).isEqualTo("30s");
    }

    @Test
    void removedInstanceIsToldWithItsTimeAndIncarnation() {
        register("a", "");
        var incarnation = node.get(ORDERS + "/instances/a").json().path("incarnation");
        node.delete(ORDERS + "/instances/a");

        var explanation = node.get(EXPLAIN + "?instance=a");

        assertThat(explanation.status()).isEqualTo(200);
        assertThat(explanation.json().path("returned").asBoolean()).isFalse();
        assertThat(step(explanation.json(), "exists").path("incarnation")).isEqualTo(incarnation);
        assertThat(step(explanation.json(), "exists").path("removedAt").asText())
                .endsWith("Z");
        assertThat(step(node.get(EXPLAIN + "?instance=b").json(), "exists").has("removedAt"))
                .isFalse();
    }

    @Test
    void serviceIsCountedWithoutAnInstance() {
        register("a", "");
        register("b", ",\"healthCheck\":{}");

        var counts = node.get(EXPLAIN).json();

        assertThat(counts.path("registered").asInt()).isEqualTo(2);
        assertThat(counts.path("returned").asInt()).isEqualTo(1);
        assertThat(step(counts, "health").path("passed").asInt()).isEqualTo(1);
    }

    @Test
    void allThatIsBadIsNamedAndPagesAreNotExplained() {
        var reply = node.get("/api/v1/services/a%20b/explain?instance=x%20y&limit=3&filter=port%20%3D%201");

        assertProblem(reply, 400, "invalid-request");
        var fields = StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText());
        assertThat(fields).containsExactlyInAnyOrder("name", "instance", "limit", "filter");
    }

    @Test
    void nodeThatHasNotCaughtUpExplainsNothing() {
        node.cluster.caughtUp = false;

        assertProblem(node.get(EXPLAIN + "?instance=a"), 503, "not-ready");
    }

    @Test
    void answersHaveTheDeclaredFields() {
        node.leases.counted = new CheckCounts.Counted(0, 1);
        register("a", ",\"zone\":\"eu-1\",\"healthCheck\":{}");
        node.put(ORDERS + "/instances/a/heartbeat", "");
        register("gone", "");
        node.delete(ORDERS + "/instances/gone");

        var instance = node.get(EXPLAIN + "?instance=a&zone=x&filter=port%20%3D%3D%201")
                .json();
        var gone = node.get(EXPLAIN + "?instance=gone").json();
        var service = node.get(EXPLAIN).json();

        var fieldsOfSteps = new HashSet<String>();
        instance.path("steps").forEach(step -> fieldsOfSteps.addAll(names(step)));
        gone.path("steps").forEach(step -> fieldsOfSteps.addAll(names(step)));
        assertThat(names(instance)).isEqualTo(declared("InstanceExplanation"));
        assertThat(names(service)).isEqualTo(declared("ServiceExplanation"));
        assertThat(fieldsOfSteps).isEqualTo(declared("StepVerdict"));
        assertThat(names(service.path("steps").get(0))).isEqualTo(declared("StepCount"));
    }
}
