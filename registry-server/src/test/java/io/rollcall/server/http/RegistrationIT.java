package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.http.HttpNode.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Registering, replacing and deregistering over HTTP: what is answered, and what is then true. */
final class RegistrationIT {

    private static final String HOST_A = "{\"host\":\"10.0.0.1\",\"port\":80}";
    private static final String HOST_B = "{\"host\":\"10.0.0.2\",\"port\":80}";

    @TempDir
    static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void start() {
        node = new HttpNode(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** A service of this test's own. */
    private static String service(TestInfo test) {
        return "/api/v1/services/" + test.getTestMethod().orElseThrow().getName();
    }

    private static long index(Reply reply) {
        return Long.parseLong(reply.header("Registry-Index"));
    }

    @Test
    void putRegistersThenReplaces(TestInfo test) {
        var path = service(test) + "/instances/a";

        var first = node.put(path, HOST_A);
        var second = node.put(path, "{\"host\":\"10.0.0.1\",\"port\":80,\"version\":\"2\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo(path);
        assertThat(first.header("ETag")).isEqualTo("\"" + index(first) + "\"");
        assertThat(first.header("Registry-Node")).isEqualTo("n1");
        assertThat(first.header("Registry-Applied")).isEqualTo(first.header("Registry-Index"));
        assertThat(first.json().path("status").asText()).isEqualTo("passing");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Location")).isNull();
        assertThat(second.json().path("version").asText()).isEqualTo("2");
        assertThat(second.json().path("createIndex").asLong()).isEqualTo(index(first));
        assertThat(second.json().path("incarnation").asLong())
                .isEqualTo(index(second))
                .isGreaterThan(index(first));
        assertThat(node.get(path).json()).isEqualTo(second.json());
    }

    @Test
    void postRegistersOnlyANewId(TestInfo test) {
        var path = service(test) + "/instances";
        var body = "{\"id\":\"a\",\"host\":\"10.0.0.1\",\"port\":80}";

        var first = node.post(path, body);
        var state = node.state();
        var second = node.post(path, body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo(path + "/a");
        assertProblem(second, 409, "instance-already-exists");
        var holder = second.json().path("holder");
        assertThat(holder.path("name").asText()).isEqualTo("postRegistersOnlyANewId");
        assertThat(holder.path("id").asText()).isEqualTo("a");
        assertThat(holder.path("host").asText()).isEqualTo("10.0.0.1");
        assertThat(holder.path("port").asInt()).isEqualTo(80);
        assertThat(holder.path("incarnation").asLong()).isEqualTo(index(first));
        assertThat(holder.path("registrationTime").asText())
                .isEqualTo(first.json().path("registrationTime").asText());
        assertThat(node.state()).isEqualTo(state);
    }

    @Test
    void liveHolderKeepsItsIdUnlessTakenOver(TestInfo test) {
        var path = service(test) + "/instances/a";
        node.put(path, HOST_A);
        var state = node.state();

        var refused = node.put(path, HOST_B);
        var unchanged = node.state();
        var taken = node.put(path + "?takeover=true", HOST_B);

        assertProblem(refused, 409, "instance-address-conflict");
        assertThat(refused.json().path("holder").path("host").asText()).isEqualTo("10.0.0.1");
        assertThat(unchanged).isEqualTo(state);
        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().path("host").asText()).isEqualTo("10.0.0.2");
    }

    @Test
    void conditionsAreHeldTo(TestInfo test) {
        var path = service(test) + "/instances/a";

        assertProblem(node.put(path, HOST_A, "If-Match", "*"), 412, "precondition-failed");
        var absent = node.put(path, HOST_A, "If-Match", "\"7\"");
        assertThat(absent.status()).isEqualTo(412);
        assertThat(absent.json().path("modifyIndex").asLong()).isZero();
        var first = node.put(path, HOST_A, "If-None-Match", "*");
        assertThat(first.status()).isEqualTo(201);
        var present = node.put(path, HOST_A, "If-None-Match", "*");
        assertThat(present.status()).isEqualTo(412);
        assertThat(present.json().path("modifyIndex").asLong()).isEqualTo(index(first));
        var second = node.put(path, HOST_A, "If-Match", first.header("ETag"));
        assertThat(second.status()).isEqualTo(200);
        var state = node.state();
        assertThat(node.put(path, HOST_A, "If-Match", first.header("ETag")).status())
                .isEqualTo(412);
        assertThat(node.delete(path, "If-Match", first.header("ETag")).status()).isEqualTo(412);
        assertThat(node.state()).isEqualTo(state);
        assertThat(node.delete(path, "If-Match", second.header("ETag")).status())
                .isEqualTo(204);
    }

    @Test
    void deregistrationIsFencedByIncarnation(TestInfo test) {
        var path = service(test) + "/instances/a";
        var old = index(node.put(path, HOST_A));
        var current = index(node.put(path, HOST_A));
        var state = node.state();

        var stale = node.delete(path + "?incarnation=" + old);
        var unchanged = node.state();
        var removed = node.delete(path + "?incarnation=" + current);
        var staleStill = node.delete(path + "?incarnation=" + old);
        var again = node.delete(path);

        assertProblem(stale, 410, "stale-incarnation");
        assertThat(stale.json().path("incarnation").asLong()).isEqualTo(current);
        assertThat(stale.json().path("given").asLong()).isEqualTo(old);
        assertThat(unchanged).isEqualTo(state);
        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.text()).isEmpty();
        assertThat(index(removed)).isGreaterThan(current);
        assertProblem(staleStill, 410, "stale-incarnation");
        assertProblem(again, 404, "instance-not-found");
    }

    @Test
    void repetitionGetsTheFirstAnswer(TestInfo test) {
        var path = service(test) + "/instances";
        var body = "{\"id\":\"a\",\"host\":\"10.0.0.1\",\"port\":80}";

        var first = node.post(path, body, "Idempotency-Key", "key-1");
        var state = node.state();
        var repeated = node.post(path, body, "Idempotency-Key", "key-1");
        var reused = node.post(path, body.replace("80", "81"), "Idempotency-Key", "key-1");

        assertThat(repeated.status()).isEqualTo(201);
        assertThat(repeated.json()).isEqualTo(first.json());
        assertThat(repeated.header("Registry-Index")).isEqualTo(first.header("Registry-Index"));
        assertProblem(reused, 422, "idempotency-key-reused");
        assertThat(node.state()).isEqualTo(state);
    }

    @Test
    void operatorsWordOutlivesARegistrationAndIsTakenBack(TestInfo test) {
        var path = service(test) + "/instances/a";
        node.put(path, HOST_A);

        var set = node.put(path + "/status", "{\"status\":\"maintenance\",\"reason\":\"disk\"}");
        var again = node.put(path, HOST_A);
        var hidden = node.get(service(test));
        var cleared = node.delete(path + "/status");

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json().path("status").asText()).isEqualTo("maintenance");
        assertThat(set.json().path("statusReason").asText()).contains("disk");
        assertThat(again.json().path("status").asText()).isEqualTo("maintenance");
        assertThat(hidden.json().path("instances")).isEmpty();
        assertThat(cleared.status()).isEqualTo(200);
        assertThat(cleared.json().path("status").asText()).isEqualTo("passing");
        assertProblem(
                node.put(service(test) + "/instances/b/status", "{\"status\":\"draining\"}"),
                404,
                "instance-not-found");
    }

    @Test
    void dryRunsSayWhatWouldChangeAndChangeNothing(TestInfo test) {
        var path = service(test) + "/instances/a";
        var absent = node.put(path + "?dryRun=true", HOST_A);
        node.put(path, HOST_A);
        var state = node.state();

        var replaced = node.put(path + "?dryRun=true", "{\"host\":\"10.0.0.1\",\"port\":80,\"zone\":\"z\"}");
        var refused = node.put(path + "?dryRun=true", HOST_B);
        var removed = node.delete(path + "?dryRun=true");
        var word = node.put(path + "/status?dryRun=true", "{\"status\":\"draining\"}");
        var batch = node.post(
                "/api/v1/registrations?dryRun=true", "[{\"name\":\"x\",\"id\":\"1\",\"host\":\"h\",\"port\":1}]");
        var bulk = node.delete(service(test) + "/instances?zone=z&dryRun=true");

        assertThat(absent.status()).isEqualTo(200);
        assertThat(absent.json().path("dryRun").asBoolean()).isTrue();
        assertThat(absent.json().path("wouldChange").asBoolean()).isTrue();
        assertThat(absent.json().path("status").asInt()).isEqualTo(201);
        assertThat(absent.json().path("instance").path("host").asText()).isEqualTo("10.0.0.1");
        assertThat(absent.json().path("before").isNull()).isTrue();
        assertThat(replaced.json().path("status").asInt()).isEqualTo(200);
        assertThat(replaced.json().path("instance").path("zone").asText()).isEqualTo("z");
        assertThat(replaced.json().path("before").path("zone").asText()).isEmpty();
        assertProblem(refused, 409, "instance-address-conflict");
        assertThat(removed.json().path("status").asInt()).isEqualTo(204);
        assertThat(removed.json().path("before").path("id").asText()).isEqualTo("a");
        assertThat(word.json().path("instance").path("status").asText()).isEqualTo("draining");
        assertThat(batch.json().path("results").get(0).path("status").asInt()).isEqualTo(201);
        assertThat(bulk.json().path("removed").asInt()).isZero();
        assertThat(bulk.json().path("wouldChange").asBoolean()).isFalse();
        assertThat(node.state()).isEqualTo(state);
    }

    @Test
    void namespacesKeepTheirServicesApart(TestInfo test) {
        var path = service(test) + "/instances/a?namespace=other";

        var reply = node.put(path, HOST_A);

        assertThat(reply.header("Location")).isEqualTo(path);
        assertThat(reply.json().path("namespace").asText()).isEqualTo("other");
        assertThat(node.get(service(test)).json().path("instances")).isEmpty();
        assertThat(node.get(service(test) + "?namespace=other").json().path("instances"))
                .hasSize(1);
        assertThat(node.get("/api/v1/services?namespace=other").json().path("services"))
                .hasSize(1);
        assertThat(node.get("/api/v1/stats?namespace=other")
                        .json()
                        .path("totalInstances")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void traceOfTheCallerIsAnsweredInProblems(TestInfo test) {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        var given = node.delete(service(test) + "/instances/a", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        var bad = node.delete(
                service(test) + "/instances/a", "traceparent", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");

        assertThat(given.json().path("traceId").asText()).isEqualTo(trace);
        assertThat(bad.json().path("traceId").asText()).matches("(?!0{32})[0-9a-f]{32}");
    }

    static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).endsWith(code);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("Exception");
        assertThat(problem.path("traceId").asText()).hasSize(32);
    }
}
