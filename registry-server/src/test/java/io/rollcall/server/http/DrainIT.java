package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.server.http.HttpNode.Reply;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draining over HTTP: the instance leaves discovery before the answer comes. */
final class DrainIT {

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

    private static String service(TestInfo test) {
        return "/api/v1/services/" + test.getTestMethod().orElseThrow().getName();
    }

    private static String registered(TestInfo test) {
        var path = service(test) + "/instances/a";
        node.put(path, "{\"host\":\"10.0.0.1\",\"port\":80}");
        return path;
    }

    @Test
    void drainedInstanceIsOutOfDiscovery(TestInfo test) throws Exception {
        var path = registered(test);

        var reply = node.send("POST", path + "/drain?wait=30s&reason=new+version", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(new ObjectMapper().readTree("{\"acknowledged\":0,\"laggards\":[]}"));
        var instance = node.get(path);
        assertThat(instance.json().path("status").asText()).isEqualTo("draining");
        assertThat(instance.json().path("statusReason").asText()).isEqualTo("new version");
        assertThat(reply.header("Registry-Index"))
                .isEqualTo(instance.json().path("modifyIndex").asText());
        assertThat(reply.header("Registry-Applied")).isEqualTo(reply.header("Registry-Index"));
        assertThat(node.get(service(test)).json().path("instances")).isEmpty();
    }

    @Test
    void reasonMayComeInABody(TestInfo test) {
        var path = registered(test);

        assertThat(node.post(path + "/drain", "{\"reason\":\"disk\"}").status()).isEqualTo(200);

        assertThat(node.get(path).json().path("statusReason").asText()).isEqualTo("disk");
    }

    @Test
    void drainIsTakenBackAsEveryWordIs(TestInfo test) {
        var path = registered(test);
        node.send("POST", path + "/drain?wait=0s", null);

        node.delete(path + "/status");

        assertThat(node.get(service(test)).json().path("instances")).hasSize(1);
    }

    @Test
    void dryRunDrainsNothing(TestInfo test) {
        var path = registered(test);

        var reply = node.send("POST", path + "/drain?dryRun=true", null);

        assertThat(reply.json().path("wouldChange").asBoolean()).isTrue();
        assertThat(reply.json().path("instance").path("status").asText()).isEqualTo("draining");
        assertThat(node.get(path).json().path("status").asText()).isEqualTo("passing");
    }

    @Test
    void repetitionWithTheSameKeyGetsTheFirstAnswer(TestInfo test) {
        var path = registered(test);

        var first = node.send("POST", path + "/drain", null, "Idempotency-Key", "drain-1");
        var second = node.send("POST", path + "/drain", null, "Idempotency-Key", "drain-1");

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Registry-Index")).isEqualTo(first.header("Registry-Index"));
    }

    @Test
    void absentInstanceIsNotFound(TestInfo test) {
        assertProblem(node.send("POST", service(test) + "/instances/x/drain", null), 404, "instance-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "?wait=11m; -; wait",
                "?wait=30; -; wait",
                "?wait=; -; wait",
                "?wait=1s&wait=2s; -; wait",
                "?incarnation=1; -; incarnation",
                "?dryRun=yes; -; dryRun",
                "?reason=a%01; -; reason",
                "?reason=a; {'reason':'b'}; reason",
                "; {'reason':7}; reason",
                "; {'why':'x'}; why",
                "; []; body",
                "; {; body",
                "?wait=x; {'why':'x'}; wait",
            })
    void badDrainsAreNamed(String query, String body, String field) {
        node.put("/api/v1/services/bad/instances/a", "{\"host\":\"10.0.0.1\",\"port\":80}");
        var before = node.state();

        Reply reply = node.send(
                "POST",
                "/api/v1/services/bad/instances/a/drain" + (query == null ? "" : query),
                body == null ? null : body.replace('\'', '"'));

        assertProblem(reply, 400, "invalid-request");
        var fields = StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText());
        assertThat(fields).containsExactly(field);
        assertThat(node.state()).isEqualTo(before);
    }

    @Test
    void bodyOfAnotherMediaTypeAndConditionsAreRefused(TestInfo test) {
        var path = registered(test) + "/drain";

        assertProblem(node.post(path, "{}", "Content-Type", "text/plain"), 415, "unsupported-media-type");
        assertProblem(node.send("POST", path, null, "If-Match", "*"), 400, "invalid-request");
    }
}
