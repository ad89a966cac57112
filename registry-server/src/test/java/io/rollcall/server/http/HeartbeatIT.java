package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.server.http.HttpNode.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Leases end to end on a node that leads: who beats stays, who is silent goes, who beats again is back. */
final class HeartbeatIT {

    private static final Duration TTL = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static WholeNode node;

    @BeforeAll
    static void start() {
        node = new WholeNode(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String name(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }

    private static String service(TestInfo test) {
        return "/api/v1/services/" + name(test);
    }

    private static String instance(TestInfo test) {
        return service(test) + "/instances/a";
    }

    private static JsonNode registered(TestInfo test, String ttl, String deregisterAfter) {
        var reply = node.put(
                instance(test),
                "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"" + ttl + "\",\"deregisterAfter\":\"" + deregisterAfter
                        + "\"}");
        assertThat(reply.status()).isIn(200, 201);
        return reply.json();
    }

    private static Reply beat(TestInfo test) {
        return node.send("PUT", instance(test) + "/heartbeat", null);
    }

    private static Instant time(JsonNode instance, String field) {
        return Instant.parse(instance.path(field).asText());
    }

    private static JsonNode awaitStatus(TestInfo test, String status) {
        await().atMost(10, SECONDS)
                .pollInterval(50, MILLISECONDS)
                .untilAsserted(() -> assertThat(
                                node.get(instance(test)).json().path("status").asText())
                        .isEqualTo(status));
        return node.get(instance(test)).json();
    }

    @Test
    void beatSaysHowLongItHoldsAndWhenToComeBack(TestInfo test) {
        registered(test, "30s", "5m");

        var reply = beat(test);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("ttl").asText()).isEqualTo("30s");
        assertThat(reply.json().path("nextHeartbeat").asText()).isEqualTo("10s");
    }

    @Test
    void instanceThatBeatsStaysPassing(TestInfo test) {
        var before = registered(test, "2s", "5m");

        await().during(TTL.multipliedBy(3))
                .atMost(TTL.multipliedBy(4))
                .pollInterval(TTL.dividedBy(4))
                .untilAsserted(() -> {
                    assertThat(beat(test).status()).isEqualTo(200);
                    assertThat(node.get(service(test)).json().path("instances")).hasSize(1);
                });

        var after = node.get(instance(test)).json();
        assertThat(after.path("statusSince")).isEqualTo(before.path("statusSince"));
        assertThat(after.path("modifyIndex")).isEqualTo(before.path("modifyIndex"));
    }

    @Test
    void silentInstanceIsCriticalAtItsTimeAndOutOfDiscovery(TestInfo test) {
        registered(test, "2s", "5m");

        var critical = awaitStatus(test, "critical");

        var silence = Duration.between(time(critical, "registrationTime"), time(critical, "statusSince"));
        assertThat(silence).isBetween(TTL, TTL.plusSeconds(1));
        assertThat(critical.path("statusReason").asText()).isNotEmpty();
        assertThat(critical.has("healthySince")).isFalse();
        assertThat(node.get(service(test)).json().path("instances")).isEmpty();
        assertThat(node.get(service(test) + "?status=critical").json().path("instances"))
                .hasSize(1);
    }

    @Test
    void beatRevivesUnderTheSameIncarnation(TestInfo test) {
        var registered = registered(test, "1s", "5m");
        awaitStatus(test, "critical");

        var reply = node.send(
                "PUT",
                instance(test) + "/heartbeat?incarnation="
                        + registered.path("incarnation").asLong(),
                null);

        assertThat(reply.status()).isEqualTo(200);
        await().atMost(1, SECONDS)
                .pollInterval(20, MILLISECONDS)
                .untilAsserted(() -> assertThat(node.get(service(test)).json().path("instances"))
                        .hasSize(1));
        assertThat(node.get(instance(test)).json().path("incarnation")).isEqualTo(registered.path("incarnation"));
    }

    @Test
    void criticalInstanceIsRemovedAndIsToRegisterAnew(TestInfo test) {
        registered(test, "1s", "1s");

        await().atMost(10, SECONDS)
                .pollInterval(50, MILLISECONDS)
                .untilAsserted(
                        () -> assertThat(node.get(instance(test)).status()).isEqualTo(404));

        var reply = beat(test);
        assertProblem(reply, 404, "instance-not-found");
        assertThat(reply.json().path("action").asText()).isEqualTo("reregister");
        registered(test, "30s", "5m");
        assertThat(beat(test).status()).isEqualTo(200);
    }

    @Test
    void beatOfAnEarlierIncarnationIsRefused(TestInfo test) {
        var first = registered(test, "30s", "5m").path("incarnation").asLong();
        var second = registered(test, "30s", "5m").path("incarnation").asLong();

        var reply = node.send("PUT", instance(test) + "/heartbeat?incarnation=" + first, null);

        assertProblem(reply, 410, "stale-incarnation");
        assertThat(reply.json().path("incarnation").asLong()).isEqualTo(second);
        assertThat(beat(test).status()).isEqualTo(200);
    }

    @Test
    void instanceWithoutALeaseIsNeverSilent(TestInfo test) {
        registered(test, "0s", "5m");

        var reply = beat(test);

        assertThat(reply.json().path("ttl").asText()).isEqualTo("0s");
        assertThat(reply.json().path("nextHeartbeat").asText()).isEqualTo("0s");
    }

    @Test
    void batchRenewsWhatIsThereAndNamesTheRest(TestInfo test) {
        var incarnation = registered(test, "30s", "5m").path("incarnation").asLong();
        var item = "{\"name\":\"" + name(test) + "\",\"id\":\"";

        var reply = node.post(
                "/api/v1/heartbeats",
                "{\"instances\":[" + item + "a\"}," + item + "b\"}," + item + "a\",\"incarnation\":1}," + item
                        + "a\",\"incarnation\":" + incarnation + "}]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("renewed").asInt()).isEqualTo(2);
        assertThat(reply.json().path("ttl").asText()).isEqualTo("30s");
        assertThat(reply.json().path("nextHeartbeat").asText()).isEqualTo("10s");
        var failed = reply.json().path("failed");
        assertThat(failed).hasSize(2);
        assertThat(failed.get(0).path("code").asText()).isEqualTo("instance-not-found");
        assertThat(failed.get(0).path("action").asText()).isEqualTo("reregister");
        assertThat(failed.get(1).path("code").asText()).isEqualTo("stale-incarnation");
        assertThat(failed.get(1).path("incarnation").asLong()).isEqualTo(incarnation);
    }

    @Test
    void lastHeartbeatMovesAndTheTagStays(TestInfo test) {
        registered(test, "30s", "5m");
        beat(test);
        var first = node.get(instance(test));

        await().atMost(5, SECONDS).pollInterval(50, MILLISECONDS).untilAsserted(() -> {
            beat(test);
            assertThat(time(node.get(instance(test)).json(), "lastHeartbeat"))
                    .isAfter(time(first.json(), "lastHeartbeat"));
        });

        var second = node.get(instance(test));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Registry-Index")).isEqualTo(first.header("Registry-Index"));
        assertThat(Duration.between(time(second.json(), "lastHeartbeat"), Instant.now()))
                .isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(5));
    }
}
