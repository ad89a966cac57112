package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.Member;
import io.rollcall.server.http.HttpNode.Reply;
import io.rollcall.server.view.ClusterIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery, lists and counts over HTTP: what they hold, how current they are, and when their versions move. */
final class ReadIT {

    private static final String ORDERS = "/api/v1/services/orders";

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

    private Reply register(String service, String id, String more) {
        var reply = node.put(
                "/api/v1/services/" + service + "/instances/" + id, "{\"host\":\"10.0.0.1\",\"port\":80" + more + "}");
        assertThat(reply.status()).isLessThan(300);
        return reply;
    }

    private static long index(Reply reply) {
        return Long.parseLong(reply.header("Registry-Index"));
    }

    private static List<String> ids(Reply reply) {
        return texts(reply.json().path("instances"), "id");
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }

    @Test
    void unknownServiceIsEmptyAtIndexOne() {
        var reply = node.get("/api/v1/services/nobody");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"name\":\"nobody\",\"index\":1,\"instances\":[]}");
        assertThat(index(reply)).isEqualTo(1);
    }

    @Test
    void indexMovesOnlyWithTheSelectedStatuses() {
        register("orders", "a", "");
        var first = node.get(ORDERS);

        register("orders", "b", ",\"healthCheck\":{}");
        register("orders", "b", ",\"healthCheck\":{}");
        register("payments", "x", "");
        var second = node.get(ORDERS);
        var any = node.get(ORDERS + "?status=any");
        var starting = node.get(ORDERS + "?status=starting");
        node.delete(ORDERS + "/instances/b");
        var third = node.get(ORDERS);
        var fourth = register("orders", "a", "");

        assertThat(ids(first)).containsExactly("a");
        assertThat(index(second)).isEqualTo(index(first));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(Long.parseLong(second.header("Registry-Applied"))).isGreaterThan(index(second));
        assertThat(ids(any)).containsExactly("a", "b");
        assertThat(index(any)).isGreaterThan(index(first));
        assertThat(ids(starting)).containsExactly("b");
        assertThat(index(third)).isEqualTo(index(first));
        assertThat(index(node.get(ORDERS))).isEqualTo(index(fourth));
    }

    @Test
    void indexNeverFallsAlsoAfterTheLastInstanceWent() {
        register("orders", "a", "");
        var removed = node.delete(ORDERS + "/instances/a");

        var reply = node.get(ORDERS);

        assertThat(ids(reply)).isEmpty();
        assertThat(index(reply)).isEqualTo(index(removed));
        assertThat(node.get("/api/v1/services").json().path("services")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ORDERS,
                ORDERS + "?status=any&limit=1",
                ORDERS + "/instances/a",
                "/api/v1/services",
                "/api/v1/instances",
                "/api/v1/stats"
            })
    void readsCarryTheirHeadersAndAreNotSentTwice(String path) {
        register("orders", "a", "");

        var reply = node.get(path);
        var again = node.get(path, "If-None-Match", reply.header("ETag"));
        var among = node.get(path, "If-None-Match", "\"x\", W/" + reply.header("ETag"));
        var other = node.get(path, "If-None-Match", "\"x\"");
        var head = node.send("HEAD", path, null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Registry-Node")).isEqualTo("n1");
        assertThat(reply.header("Registry-Consistency")).isEqualTo("stale");
        assertThat(reply.header("Registry-Applied")).isEqualTo("2");
        assertThat(reply.header("Registry-Index")).isEqualTo("2");
        assertThat(reply.header("Registry-Data-Age")).isEqualTo("0");
        assertThat(reply.header("ETag")).matches("\"[0-9a-z-]+\"");
        for (var unchanged : List.of(again, among)) {
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.text()).isEmpty();
            assertThat(unchanged.header("ETag")).isEqualTo(reply.header("ETag"));
            assertThat(unchanged.header("Registry-Index")).isEqualTo("2");
        }
        assertThat(other.status()).isEqualTo(200);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Length"))
                .isEqualTo(Integer.toString(reply.response().body().length));
        assertThat(head.header("ETag")).isEqualTo(reply.header("ETag"));
    }

    @Test
    void tagsOfDifferentQueriesDiffer() {
        register("orders", "a", "");
        var tags = new HashSet<String>();

        for (var query : List.of("", "?status=any", "?status=any&limit=1", "?zone=x", "?zone=y")) {
            tags.add(node.get(ORDERS + query).header("ETag"));
        }

        assertThat(tags).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "status=any a,b,c",
                "status=passing,starting a,b,c",
                "status=starting c",
                "zone=z1 a",
                "version=2.0.0 b",
                "protocol=grpc b",
                "tag=env:prod a,b",
                "tag=env:prod&tag=team:x b",
                "filter=tags.env%20==%20%22prod%22%20and%20version%20%3E=%20%222.0%22 b",
                "filter=not%20zone+==+%22z1%22&status=any b,c",
                "status=any&limit=2 a,b",
            })
    void selectionIsHeldTo(String query, String expected) {
        register("orders", "a", ",\"zone\":\"z1\",\"version\":\"1.0.0\",\"tags\":{\"env\":\"prod\"}");
        register(
                "orders",
                "b",
                ",\"version\":\"2.0.0\",\"protocol\":\"grpc\",\"tags\":{\"env\":\"prod\",\"team\":\"x\"}");
        register("orders", "c", ",\"healthCheck\":{}");

        assertThat(ids(node.get(ORDERS + "?" + query))).containsExactly(expected.split(","));
    }

    @Test
    void pagesHoldEverythingOnce() {
        for (var service : List.of("a", "b", "c")) {
            for (var id : List.of("1", "2", "3")) {
                register(service, id, "");
            }
        }

        assertThat(pages("/api/v1/services/a?limit=2", "instances", "id")).containsExactly("1", "2", "3");
        assertThat(pages("/api/v1/services?limit=1", "services", "name")).containsExactly("a", "b", "c");
        assertThat(pages("/api/v1/instances?limit=2", "instances", "id"))
                .containsExactly("1", "2", "3", "1", "2", "3", "1", "2", "3");
        assertThat(pages("/api/v1/instances?limit=3", "instances", "name"))
                .containsExactly("a", "a", "a", "b", "b", "b", "c", "c", "c");
        assertThat(pages("/api/v1/instances?limit=1&filter=id+==+%222%22", "instances", "name"))
                .containsExactly("a", "b", "c");
    }

    private List<String> pages(String path, String array, String field) {
        var all = new ArrayList<String>();
        var page = node.get(path).json();
        all.addAll(texts(page.path(array), field));
        while (page.has("cursor")) {
            page = node.get(path + "&cursor=" + page.path("cursor").asText()).json();
            assertThat(page.path(array)).isNotEmpty();
            all.addAll(texts(page.path(array), field));
        }
        return all;
    }

    @Test
    void countsAreOfAllStatusesAndProtocols() {
        register("orders", "a", "");
        register("orders", "b", ",\"healthCheck\":{},\"protocol\":\"udp\"");
        register("payments", "c", "");

        var stats = node.get("/api/v1/stats").json();
        var services = node.get("/api/v1/services").json();

        assertThat(stats.path("totalServices").asInt()).isEqualTo(2);
        assertThat(stats.path("totalInstances").asInt()).isEqualTo(3);
        assertThat(stats.path("healthyInstances").asInt()).isEqualTo(2);
        assertThat(stats.path("unhealthyInstances").asInt()).isEqualTo(1);
        assertThat(stats.path("instancesByProtocol").toString())
                .isEqualTo("{\"http\":2,\"https\":0,\"grpc\":0,\"tcp\":0,\"udp\":1}");
        assertThat(stats.path("instancesByStatus").toString())
                .isEqualTo(
                        "{\"passing\":2,\"warning\":0,\"critical\":0,\"starting\":1,\"draining\":0,\"maintenance\":0}");
        assertThat(services.path("services").get(0).path("instances").asInt()).isEqualTo(2);
        assertThat(services.path("services").get(0).path("byStatus").toString())
                .isEqualTo("{\"passing\":1,\"starting\":1}");
    }

    @Test
    void nodeThatHasNotCaughtUpAnswersNoReads() {
        register("orders", "a", "");
        node.cluster.caughtUp = false;

        for (var path : List.of(
                ORDERS,
                ORDERS + "?status=any",
                ORDERS + "?consistency=linearizable",
                ORDERS + "/instances/a",
                "/api/v1/services",
                "/api/v1/instances",
                "/api/v1/stats",
                "/readyz",
                "/readyz?for=reads")) {
            var reply = node.get(path);
            assertProblem(reply, 503, "not-ready");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.json().path("retryAfter").asInt()).isEqualTo(1);
        }
        assertThat(node.get("/livez").status()).isEqualTo(200);
        assertThat(node.get("/api/v1/cluster").status()).isEqualTo(200);
    }

    @Test
    void nodeThatHasNotCaughtUpTakesNoWrites() {
        register("orders", "a", "");
        var submitted = node.cluster.submitted();
        node.cluster.caughtUp = false;

        for (var reply : List.of(
                node.put(ORDERS + "/instances/b", "{\"host\":\"10.0.0.2\",\"port\":80}"),
                node.put(ORDERS + "/instances/b?dryRun=true", "{\"host\":\"10.0.0.2\",\"port\":80}"),
                node.delete(ORDERS + "/instances/a"),
                node.delete(ORDERS + "/instances?confirm=true"))) {
            assertProblem(reply, 503, "not-ready");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        }
        assertThat(node.cluster.submitted()).isEqualTo(submitted);
    }

    @Test
    void linearizableReadNeedsAQuorumAndAStaleOneDoesNot() {
        register("orders", "a", "");

        var current = node.get(ORDERS + "?consistency=linearizable");
        node.cluster.hasQuorum = false;
        var refused = node.get(ORDERS + "?consistency=linearizable");
        var stale = node.get(ORDERS);
        var cluster = node.get("/api/v1/cluster").json();

        assertThat(current.status()).isEqualTo(200);
        assertThat(current.header("Registry-Consistency")).isEqualTo("linearizable");
        assertProblem(refused, 503, "no-leader");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(stale.status()).isEqualTo(200);
        assertThat(cluster.path("leader").isNull()).isTrue();
    }

    @Test
    void stalenessIsVouchedForOrMadeUpFor() {
        register("orders", "a", "");
        node.cluster.dataAgeMillis = 3_000;

        var vouched = node.get(ORDERS + "?maxStaleness=3s");
        var madeUpFor = node.get(ORDERS + "?maxStaleness=2s");
        node.cluster.hasQuorum = false;
        var refused = node.get(ORDERS + "?maxStaleness=2s");

        assertThat(vouched.header("Registry-Consistency")).isEqualTo("stale");
        assertThat(vouched.header("Registry-Data-Age")).isEqualTo("3000");
        assertThat(madeUpFor.header("Registry-Consistency")).isEqualTo("linearizable");
        assertProblem(refused, 503, "no-leader");
    }

    @Test
    void minIndexIsWaitedForOrRefused() {
        var written = register("orders", "a", "");

        var reached = node.get(ORDERS + "?minIndex=" + index(written));
        var behind = node.get(ORDERS + "?minIndex=" + (index(written) + 1));

        assertThat(ids(reached)).containsExactly("a");
        assertProblem(behind, 503, "not-ready");
    }

    @Test
    void readinessNeedsAQuorumLatelyUnlessForReads() {
        node.cluster.dataAgeMillis = 10_000;
        assertThat(node.get("/readyz").text()).isEqualTo("{\"status\":\"ready\"}");
        node.cluster.dataAgeMillis = 10_001;
        assertProblem(node.get("/readyz"), 503, "not-ready");
        assertThat(node.get("/readyz?for=reads").status()).isEqualTo(200);
        node.stopping = true;
        assertProblem(node.get("/readyz?for=reads"), 503, "not-ready");
    }

    @Test
    void readinessWaitsUntilTheClusterTakesAllWritesUnlessForReads() {
        var founded = node.identity;
        node.identity = new ClusterIdentity("c", 1, List.of(new Member("n1", "127.0.0.1:1", 2)));

        assertProblem(node.get("/readyz"), 503, "not-ready");
        assertThat(node.get("/readyz?for=reads").status()).isEqualTo(200);
        node.identity = founded;
        assertThat(node.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void absentInstanceIsNotFound() {
        var absent = node.get(ORDERS + "/instances/a");

        assertProblem(absent, 404, "instance-not-found");
        assertThat(absent.header("Registry-Applied")).isEqualTo("1");
    }

    @Test
    void clusterAndDigestAreShown() {
        register("orders", "a", "");

        var cluster = node.get("/api/v1/cluster").json();
        var digest = node.get("/api/v1/cluster/digest").json();
        var earlier = node.get("/api/v1/cluster/digest?index=1").json();
        var unknown = node.get("/api/v1/cluster/digest?index=9");

        assertThat(cluster.path("clusterId").asText()).isEqualTo("test-cluster");
        assertThat(cluster.path("leader").asText()).isEqualTo("n1");
        assertThat(cluster.path("members")).hasSize(1);
        assertThat(cluster.path("members").get(0).path("reachable").asBoolean()).isTrue();
        assertThat(digest.path("node").asText()).isEqualTo("n1");
        assertThat(digest.path("index").asLong()).isEqualTo(2);
        assertThat(digest.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(earlier.path("digest").asText())
                .isNotEqualTo(digest.path("digest").asText());
        assertProblem(unknown, 404, "not-found");
        assertThat(unknown.json().path("recorded").path("to").asLong()).isEqualTo(2);
    }
}
