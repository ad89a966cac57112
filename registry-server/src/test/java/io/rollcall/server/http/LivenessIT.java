package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rollcall.api.error.ErrorCode;
import io.rollcall.server.http.HttpNode.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Heartbeats and the expiry governor over HTTP, in front of leases that the test holds. */
final class LivenessIT {

    private static final String HOST = "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"30s\"}";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String HEARTBEATS = "/api/v1/heartbeats";

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

    @AfterEach
    void confirmAgain() {
        node.leases.unconfirmed = null;
        node.leases.unconfirmedIds = Set.of();
        node.cluster.caughtUp = true;
    }

    private static String service(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }

    private static String instance(TestInfo test, String id) {
        return "/api/v1/services/" + service(test) + "/instances/" + id;
    }

    private static long registered(TestInfo test, String id, String body) {
        return node.put(instance(test, id), body).json().path("incarnation").asLong();
    }

    @Test
    void beatIsAnsweredWithLeaseAndPace(TestInfo test) throws Exception {
        var incarnation = registered(test, "a", HOST);

        var plain = node.send("PUT", instance(test, "a") + "/heartbeat", null);
        var fenced = node.send("PUT", instance(test, "a") + "/heartbeat?incarnation=" + incarnation, null);

        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.json()).isEqualTo(new ObjectMapper().readTree("{\"ttl\":\"30s\",\"nextHeartbeat\":\"10s\"}"));
        assertThat(plain.header("Registry-Node")).isEqualTo("n1");
        assertThat(plain.header("Content-Type")).isEqualTo("application/json");
        assertThat(fenced.status()).isEqualTo(200);
    }

    /** Those that are nothing but path and incarnation are served in front of the servlets; a parameter more, and they are not. */
    @Test
    void beatIsAnsweredAlikeWhereverItIsServed(TestInfo test) {
        var incarnation = registered(test, "a", HOST);
        registered(test, "b", HOST);
        node.leases.unconfirmedIds = Set.of("b");
        for (var query : List.of(
                "a/heartbeat",
                "a/heartbeat?incarnation=" + incarnation,
                "a/heartbeat?incarnation=" + (incarnation - 1),
                "a/heartbeat?incarnation=" + Long.MAX_VALUE / 10,
                "b/heartbeat",
                "unknown/heartbeat",
                "heartbeat/heartbeat",
                "x".repeat(128) + "/heartbeat")) {
            var plain = node.send("PUT", instance(test, query), null, "traceparent", TRACE);
            var other = node.send(
                    "PUT",
                    instance(test, query) + (query.contains("?") ? "&" : "?") + "namespace=default",
                    null,
                    "traceparent",
                    TRACE);

            assertThat(plain.status()).as(query).isEqualTo(other.status());
            assertThat(plain.text()).as(query).isEqualTo(other.text());
            assertThat(headers(plain)).as(query).isEqualTo(headers(other));
        }
    }

    private static Map<String, List<String>> headers(Reply reply) {
        var headers = new TreeMap<>(reply.response().headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void bodyOfABeatIsNotLookedAt(TestInfo test) {
        registered(test, "a", HOST);

        assertThat(node.put(instance(test, "a") + "/heartbeat", "{\"any\":[1]}").status())
                .isEqualTo(200);
        assertThat(node.put(instance(test, "a") + "/heartbeat", "no json", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void instanceWithoutALeaseIsTakenAsItIs(TestInfo test) {
        registered(test, "a", "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"0s\"}");

        var reply = node.put(instance(test, "a") + "/heartbeat", "");

        assertThat(reply.json().path("ttl").asText()).isEqualTo("0s");
        assertThat(reply.json().path("nextHeartbeat").asText()).isEqualTo("0s");
    }

    @Test
    void unknownInstanceIsToRegisterAnew(TestInfo test) {
        registered(test, "a", HOST);

        var reply = node.put(instance(test, "b") + "/heartbeat", "");
        var elsewhere = node.put(instance(test, "a") + "/heartbeat?namespace=other", "");

        assertProblem(reply, 404, "instance-not-found");
        assertThat(reply.json().path("action").asText()).isEqualTo("reregister");
        assertProblem(elsewhere, 404, "instance-not-found");
    }

    @Test
    void staleBeatIsToldWhoIsThere(TestInfo test) {
        var first = registered(test, "a", HOST);
        var second = registered(test, "a", HOST);

        var reply = node.put(instance(test, "a") + "/heartbeat?incarnation=" + first, "");

        assertProblem(reply, 410, "stale-incarnation");
        assertThat(reply.json().path("incarnation").asLong()).isEqualTo(second);
        assertThat(reply.json().path("given").asLong()).isEqualTo(first);
        assertThat(reply.json().path("action").asText()).isEqualTo("stop");
    }

    @Test
    void beatThatNobodyConfirmedMayBeRepeated(TestInfo test) {
        registered(test, "a", HOST);
        node.leases.unconfirmed = ErrorCode.NO_LEADER;

        var reply = node.put(instance(test, "a") + "/heartbeat", "");
        var batch = node.post(HEARTBEATS, batch(item(test, "a", 0)));

        assertProblem(reply, 503, "no-leader");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().path("retryAfter").asInt()).isEqualTo(1);
        assertProblem(batch, 503, "no-leader");
        assertThat(batch.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void nodeThatHasNotCaughtUpPassesBeatsOn(TestInfo test) {
        registered(test, "a", HOST);
        node.cluster.caughtUp = false;

        assertThat(node.put(instance(test, "a") + "/heartbeat", "").status()).isEqualTo(200);
        assertThat(node.post(HEARTBEATS, batch(item(test, "a", 0))).status()).isEqualTo(200);
    }

    private static String item(TestInfo test, String id, long incarnation) {
        return "{\"name\":\"" + service(test) + "\",\"id\":\"" + id + "\""
                + (incarnation == 0 ? "" : ",\"incarnation\":" + incarnation) + "}";
    }

    private static String batch(String... items) {
        return "{\"instances\":[" + String.join(",", items) + "]}";
    }

    @Test
    void batchTellsEachFailureAndWhatToDo(TestInfo test) throws Exception {
        registered(test, "a", HOST);
        registered(test, "b", "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"6s\"}");
        registered(test, "d", HOST);
        var incarnation = registered(test, "c", HOST);
        node.leases.unconfirmedIds = Set.of("d");

        var reply = node.post(
                HEARTBEATS,
                batch(
                        item(test, "a", 0),
                        item(test, "x", 0),
                        item(test, "c", 1),
                        item(test, "d", 0),
                        item(test, "b", 0),
                        item(test, "b", 0),
                        item(test, "c", incarnation)));

        assertThat(reply.status()).isEqualTo(200);
        var expected = "{\"renewed\":4,\"failed\":["
                + "{\"name\":\"S\",\"id\":\"x\",\"code\":\"instance-not-found\",\"action\":\"reregister\"},"
                + "{\"name\":\"S\",\"id\":\"c\",\"code\":\"stale-incarnation\",\"action\":\"stop\",\"incarnation\":"
                + incarnation + "},{\"name\":\"S\",\"id\":\"d\",\"code\":\"no-leader\",\"action\":\"retry\"}],"
                + "\"ttl\":\"6s\",\"nextHeartbeat\":\"2s\"}";
        assertThat(reply.json())
                .isEqualTo(new ObjectMapper().readTree(expected.replace("\"S\"", "\"" + service(test) + "\"")));
    }

    @Test
    void batchOfWhichNoneIsThereHasNoPace(TestInfo test) {
        var reply = node.post(HEARTBEATS, batch(item(test, "x", 0)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("renewed").asInt()).isZero();
        assertThat(reply.json().has("ttl")).isFalse();
        assertThat(reply.json().has("nextHeartbeat")).isFalse();
    }

    @Test
    void batchIsOfTheNamespaceOfTheQuery(TestInfo test) {
        node.put(instance(test, "a") + "?namespace=team-a", HOST);

        var there = node.post(HEARTBEATS + "?namespace=team-a", batch(item(test, "a", 0)));
        var elsewhere = node.post(HEARTBEATS, batch(item(test, "a", 0)));

        assertThat(there.json().path("renewed").asInt()).isEqualTo(1);
        assertThat(elsewhere.json().path("renewed").asInt()).isZero();
    }

    @Test
    void oneBadItemRenewsNothing(TestInfo test) {
        registered(test, "a", HOST);
        var before = node.leases.beats.get();

        var reply = node.post(HEARTBEATS + "?x=1", batch(item(test, "a", 0), "{\"name\":\"-\",\"id\":\"a\"}"));

        assertProblem(reply, 400, "invalid-request");
        var fields = StreamSupport.stream(reply.json().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText());
        assertThat(fields).containsExactly("x", "instances[1].name");
        assertThat(node.leases.beats.get()).isEqualTo(before);
    }

    @Test
    void batchOverItsSizeIsRefused() {
        var reply = node.post(HEARTBEATS, " ".repeat(2 * 1024 * 1024) + "[]");

        assertProblem(reply, 413, "too-large");
        assertThat(reply.json().path("limit").asInt()).isEqualTo(2 * 1024 * 1024);
    }

    @Test
    void lastHeartbeatIsShownAndMovesNeitherTagNorIndex(TestInfo test) {
        var path = instance(test, "a");
        registered(test, "a", HOST);
        var never = node.get(path);
        node.put(path + "/heartbeat", "");
        var once = node.get(path);
        node.leases.now.addAndGet(1_500);
        node.put(path + "/heartbeat", "");

        var twice = node.get(path);

        assertThat(never.json().has("lastHeartbeat")).isFalse();
        assertThat(once.json().path("lastHeartbeat").asText()).endsWith("Z");
        assertThat(twice.json().path("lastHeartbeat").asText())
                .isGreaterThan(once.json().path("lastHeartbeat").asText());
        for (var header : new String[] {"ETag", "Registry-Index", "Registry-Applied"}) {
            assertThat(twice.header(header)).isEqualTo(never.header(header));
        }
        assertThat(node.get(path, "If-None-Match", never.header("ETag")).status())
                .isEqualTo(304);
        assertThat(node.get("/api/v1/services/" + service(test)).text()).doesNotContain("\"lastHeartbeat\"");
        registered(test, "a", HOST);
        assertThat(node.get(path).json().has("lastHeartbeat")).isFalse();
    }

    @Test
    void expiryIsWhatTheLeaderSays() {
        var before = node.leases.releases.get();

        Reply look = node.get("/api/v1/cluster/expiry");
        Reply release = node.post("/api/v1/cluster/expiry/release", "");

        assertThat(look.status()).isEqualTo(200);
        assertThat(look.header("Registry-Node")).isEqualTo("n1");
        assertThat(look.json().path("mode").asText()).isEqualTo("idle");
        assertThat(release.json()).isEqualTo(look.json());
        assertThat(node.leases.releases.get()).isEqualTo(before + 1);
    }

    @Test
    void expiryWithoutALeaderIsTold() {
        node.leases.unconfirmed = ErrorCode.NO_LEADER;

        assertProblem(node.get("/api/v1/cluster/expiry"), 503, "no-leader");
        assertProblem(node.send("POST", "/api/v1/cluster/expiry/release", null), 503, "no-leader");
    }

    @Test
    void forbiddenTargetOfACheckIsRefusedOnHost(TestInfo test) {
        var body = "{\"id\":\"a\",\"host\":\"" + HttpNode.FORBIDDEN_TARGET + "\",\"port\":80,\"healthCheck\":{}}";
        var unchecked = body.replace(",\"healthCheck\":{}", "");
        var item = "{\"name\":\"s\"," + body.substring(1);
        var good = item.replace(HttpNode.FORBIDDEN_TARGET, "10.0.0.1").replace("\"a\"", "\"b\"");
        var before = node.state();

        var put = node.put(instance(test, "a"), body);
        var post = node.post("/api/v1/services/" + service(test) + "/instances", body);
        var batch = node.post("/api/v1/registrations", "[" + good + "," + item + "]");
        var dry = node.put(instance(test, "a") + "?dryRun=true", body);

        for (var reply : new Reply[] {put, post, dry}) {
            assertProblem(reply, 400, "invalid-request");
            assertThat(reply.json().path("field").asText()).isEqualTo("host");
            assertThat(reply.json().path("detail").asText())
                    .isEqualTo("host must not be link-local for a health check");
        }
        assertProblem(batch, 400, "invalid-request");
        assertThat(batch.json().path("field").asText()).isEqualTo("instances[1].host");
        assertThat(node.state()).isEqualTo(before);
        assertThat(node.put(instance(test, "a"), unchecked).status()).isEqualTo(201);
    }
}
