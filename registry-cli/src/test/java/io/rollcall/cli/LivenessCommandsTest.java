package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands about who is alive: heartbeat, drain, cluster expiry. */
final class LivenessCommandsTest {

    private static final String RENEWED = "{\"ttl\":\"30s\",\"nextHeartbeat\":\"10s\"}";
    private static final String HELD =
            "{\"mode\":\"holding\",\"reason\":\"12 of 20 leases are late\",\"since\":\"2026-01-01T00:00:00.000Z\","
                    + "\"endsBy\":\"2026-01-01T00:05:00.000Z\",\"candidates\":12,\"held\":12,\"perService\":["
                    + "{\"name\":\"orders\",\"namespace\":\"default\",\"instances\":20,\"overdue\":12,\"held\":12,"
                    + "\"reason\":\"silent at once\",\"since\":\"2026-01-01T00:00:00.000Z\",\"endsBy\":null}],"
                    + "\"figures\":{\"leases\":20}}";

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void heartbeatSaysHowLongItHolds() {
        node.then(answer(200, RENEWED));

        assertThat(shell.run("heartbeat", "orders", "o-1", "--incarnation=7", "--namespace=blue"))
                .isZero();

        assertThat(shell.out().lines()).containsExactly("renewed orders/o-1 for 30s, next heartbeat within 10s");
        assertThat(node.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.target())
                    .isEqualTo("/api/v1/services/orders/instances/o-1/heartbeat?namespace=blue&incarnation=7");
        });
    }

    @Test
    void heartbeatOfAnInstanceWithoutALeaseIsTold() {
        node.then(answer(200, "{\"ttl\":\"0s\",\"nextHeartbeat\":\"0s\"}"));

        assertThat(shell.run("heartbeat", "orders", "o-1")).isZero();

        assertThat(shell.out().strip()).isEqualTo("orders/o-1 has no lease and needs no heartbeat");
    }

    @Test
    void heartbeatGoesOnUntilTheInstanceIsGone() {
        node.then(answer(200, RENEWED))
                .then(answer(200, "{\"ttl\":\"1s\",\"nextHeartbeat\":\"2ms\"}"))
                .then(answer(200, RENEWED))
                .then(problem(404, "instance-not-found"));

        assertThat(shell.run("heartbeat", "orders", "o-1", "--every", "5ms")).isEqualTo(1);

        assertThat(node.requests()).hasSize(4);
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.err()).contains("instance-not-found");
    }

    @Test
    void heartbeatComesAsSoonAsTheRegistryAsks() {
        node.then(answer(200, "{\"ttl\":\"1s\",\"nextHeartbeat\":\"2ms\"}")).then(problem(410, "stale-incarnation"));

        assertThat(shell.run("heartbeat", "orders", "o-1", "--every", "1h")).isEqualTo(1);

        assertThat(node.requests()).hasSize(2);
    }

    @Test
    void heartbeatGoesOnWhileNobodyLeads() {
        node.then(problem(503, "no-leader", "Retry-After", "9"))
                .then(answer(200, RENEWED))
                .then(problem(410, "stale-incarnation"));

        assertThat(shell.run("heartbeat", "orders", "o-1", "--every", "5ms", "--timeout", "4s"))
                .isEqualTo(1);

        assertThat(shell.err()).contains("no-leader", "stale-incarnation");
        assertThat(shell.out()).contains("renewed orders/o-1");
    }

    @Test
    void drainSaysWhoKnows() throws Exception {
        node.then(answer(200, "{\"acknowledged\":2,\"laggards\":[\"s-9\"]}", "Registry-Index", "12"));

        assertThat(shell.run("drain", "orders", "o-1", "--wait=1m", "--reason=new version", "--request-id=r-1"))
                .isZero();

        assertThat(shell.out().lines())
                .containsExactly("draining orders/o-1, index 12: 2 who watch it know, 1 do not", "  not yet: s-9");
        FakeNode.Request request = node.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/v1/services/orders/instances/o-1/drain?wait=1m");
        assertThat(request.headers()).containsEntry("idempotency-key", "r-1");
        assertThat(Json.mapper().readTree(request.body()).path("reason").asText())
                .isEqualTo("new version");
    }

    @Test
    void drainIsTakenBack() {
        node.then(answer(200, Samples.json("o-1"), "Registry-Index", "13"));

        assertThat(shell.run("drain", "orders", "o-1", "--undo")).isZero();

        assertThat(shell.out().strip()).isEqualTo("orders/o-1 is passing, index 13");
        assertThat(node.requests().get(0).method()).isEqualTo("DELETE");
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/services/orders/instances/o-1/status");
    }

    @Test
    void drainOfAnAbsentInstanceFails() {
        node.then(problem(404, "instance-not-found"));

        assertThat(shell.run("drain", "orders", "o-1")).isEqualTo(1);

        assertThat(node.requests().get(0).target()).endsWith("/drain?wait=30s");
        assertThat(node.requests().get(0).body()).isEmpty();
        assertThat(shell.err()).contains("instance-not-found");
    }

    @Test
    void expiryPrintsWhatIsHeldAndUntilWhen() {
        node.then(answer(200, HELD));

        assertThat(shell.run("cluster", "expiry")).isZero();

        assertThat(shell.out().lines())
                .containsExactly(
                        "expiry is holding: 12 of 20 leases are late, 12 due, 12 held back",
                        "since 2026-01-01T00:00:00.000Z, until 2026-01-01T00:05:00.000Z at the latest",
                        "",
                        "SERVICE  NAMESPACE  INSTANCES  SILENT  HELD  SINCE                     UNTIL  REASON",
                        "orders   default    20         12      12    2026-01-01T00:00:00.000Z  ?      silent at once");
        assertThat(node.requests().get(0).method()).isEqualTo("GET");
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/cluster/expiry");
    }

    @Test
    void expiryThatHoldsNothingIsOneLine() {
        node.then(
                answer(
                        200,
                        "{\"mode\":\"idle\",\"reason\":\"\",\"since\":null,\"endsBy\":null,\"candidates\":0,\"held\":0,\"perService\":[],\"figures\":{}}"));

        assertThat(shell.run("cluster", "expiry", "--release")).isZero();

        assertThat(shell.out().lines()).containsExactly("expiry is idle, 0 due, 0 held back");
        assertThat(node.requests().get(0).method()).isEqualTo("POST");
        assertThat(node.requests().get(0).target()).isEqualTo("/api/v1/cluster/expiry/release");
    }

    @Test
    void expiryAsJsonIsTheAnswer() throws Exception {
        node.then(answer(200, HELD));

        assertThat(shell.run("cluster", "expiry", "-o", "json")).isZero();

        JsonNode printed = Json.mapper().readTree(shell.out());
        assertThat(printed).isEqualTo(Json.mapper().readTree(HELD));
    }
}
