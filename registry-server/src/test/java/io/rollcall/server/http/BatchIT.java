package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted;
import io.rollcall.server.app.SubmitOutcome.NotSubmitted.Cause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes about many instances, and writes that the cluster does not take. */
final class BatchIT {

    private static final String ORDERS = "/api/v1/services/orders/instances";

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

    private static String item(String id, String host) {
        return "{\"name\":\"orders\",\"id\":\"" + id + "\",\"host\":\"" + host + "\",\"port\":80,\"zone\":\"z" + id
                + "\"}";
    }

    private HttpNode.Reply register(int count) {
        var items =
                IntStream.range(0, count).mapToObj(i -> item("" + i, "h" + i)).toList();
        return node.post("/api/v1/registrations", "{\"instances\":[" + String.join(",", items) + "]}");
    }

    @Test
    void eachItemHasItsResultInOrder() {
        node.put(ORDERS + "/b", "{\"host\":\"h1\",\"port\":80}");
        node.put(ORDERS + "/c", "{\"host\":\"h1\",\"port\":80}");

        var reply = node.post(
                "/api/v1/registrations", "[" + item("a", "h1") + "," + item("b", "h1") + "," + item("c", "h2") + "]");

        assertThat(reply.status()).isEqualTo(200);
        var results = reply.json().path("results");
        assertThat(results).hasSize(3);
        assertThat(results.get(0).path("status").asInt()).isEqualTo(201);
        assertThat(results.get(0).path("instance").path("id").asText()).isEqualTo("a");
        assertThat(results.get(1).path("status").asInt()).isEqualTo(200);
        assertThat(results.get(2).path("id").asText()).isEqualTo("c");
        assertThat(results.get(2).path("status").asInt()).isEqualTo(409);
        assertThat(results.get(2).path("problem").path("code").asText()).isEqualTo("instance-address-conflict");
        assertThat(results.get(2).path("problem").path("holder").path("host").asText())
                .isEqualTo("h1");
        var indexes = new ArrayList<Long>();
        node.get("/api/v1/instances")
                .json()
                .path("instances")
                .forEach(i -> indexes.add(i.path("modifyIndex").asLong()));
        assertThat(indexes).doesNotHaveDuplicates();
        assertThat(reply.header("Registry-Applied")).isEqualTo(reply.header("Registry-Index"));
    }

    @Test
    void takeoverHoldsForAllItems() {
        register(2);

        var reply = node.post("/api/v1/registrations?takeover=true", "[" + item("0", "x") + "," + item("1", "x") + "]");

        assertThat(reply.json().path("results").get(0).path("status").asInt()).isEqualTo(200);
        assertThat(reply.json()
                        .path("results")
                        .get(1)
                        .path("instance")
                        .path("host")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void atomicBatchIsAppliedWholeOrNotAtAll() {
        node.put(ORDERS + "/b", "{\"host\":\"h1\",\"port\":80}");
        var state = node.state();
        var body = "[" + item("a", "h1") + "," + item("b", "h2") + "]";

        var refused = node.post("/api/v1/registrations?atomic=true", body);
        var previewed = node.post("/api/v1/registrations?atomic=true&dryRun=true", body);
        var unchanged = node.state();
        var applied = node.post("/api/v1/registrations?atomic=true&takeover=true", body);

        assertProblem(refused, 409, "batch-refused");
        var results = refused.json().path("results");
        assertThat(results.get(0).path("status").asInt()).isEqualTo(201);
        assertThat(results.get(0).path("applied").asBoolean(true)).isFalse();
        assertThat(results.get(0).has("instance")).isFalse();
        assertThat(results.get(1).path("status").asInt()).isEqualTo(409);
        assertThat(results.get(1).path("problem").path("code").asText()).isEqualTo("instance-address-conflict");
        assertProblem(previewed, 409, "batch-refused");
        assertThat(unchanged).isEqualTo(state);
        assertThat(applied.status()).isEqualTo(200);
        assertThat(applied.json().path("results")).hasSize(2);
    }

    @Test
    void thousandItemsAreTakenAtOnce() {
        var reply = register(1_000);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("results")).hasSize(1_000);
        assertThat(node.get("/api/v1/stats").json().path("totalInstances").asInt())
                .isEqualTo(1_000);
    }

    @Test
    void repeatedBatchGetsTheFirstAnswer() {
        var body = "[" + item("a", "h1") + "]";

        var first = node.post("/api/v1/registrations", body, "Idempotency-Key", "k");
        var second = node.post("/api/v1/registrations", body, "Idempotency-Key", "k");

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Registry-Index")).isEqualTo(first.header("Registry-Index"));
    }

    @Test
    void deregistrationOfManyIsGuarded() {
        register(10);
        var state = node.state();

        var guarded = node.delete(ORDERS + "?filter=id+matches+%22%5B0-3%5D%22");
        var guardedToo = node.delete(ORDERS + "?filter=id+matches+%22%5B0-3%5D%22&dryRun=true");
        var unchanged = node.state();
        var small = node.delete(ORDERS + "?filter=id+matches+%22%5B0-2%5D%22");
        var confirmed = node.delete(ORDERS + "?filter=id+matches+%22%5B0-8%5D%22&confirm=true");
        var few = node.delete(ORDERS + "?zone=z9");
        var none = node.delete(ORDERS + "?zone=z9");

        assertProblem(guarded, 409, "confirmation-required");
        assertThat(guarded.json().path("matched").asInt()).isEqualTo(4);
        assertThat(guarded.json().path("total").asInt()).isEqualTo(10);
        assertThat(guarded.json().path("share").asDouble()).isEqualTo(0.4);
        assertThat(guarded.json().path("limit").asDouble()).isEqualTo(0.3);
        assertProblem(guardedToo, 409, "confirmation-required");
        assertThat(unchanged).isEqualTo(state);
        assertThat(small.json().path("removed").asInt()).isEqualTo(3);
        assertThat(confirmed.json().path("removed").asInt()).isEqualTo(6);
        assertThat(few.json().path("removed").asInt()).isEqualTo(1);
        assertThat(none.json().path("removed").asInt()).isZero();
        assertThat(node.get("/api/v1/stats").json().path("totalInstances").asInt())
                .isZero();
    }

    @Test
    void allGoOnlyWithAConfirmation() {
        register(5);

        assertProblem(node.delete(ORDERS), 400, "invalid-request");
        assertProblem(node.delete(ORDERS + "?status=any"), 409, "confirmation-required");
        var removed = node.delete(ORDERS + "?confirm=true", "Idempotency-Key", "all");
        var repeated = node.delete(ORDERS + "?confirm=true", "Idempotency-Key", "all");
        var reused = node.delete(ORDERS + "?confirm=true&zone=z1", "Idempotency-Key", "all");

        assertThat(removed.json().path("removed").asInt()).isEqualTo(5);
        assertThat(repeated.json()).isEqualTo(removed.json());
        assertThat(repeated.header("Registry-Index")).isEqualTo(removed.header("Registry-Index"));
        assertProblem(reused, 422, "idempotency-key-reused");
    }

    @Test
    void deregistrationOfManyNeedsAQuorumToChooseBy() {
        register(5);
        node.cluster.hasQuorum = false;

        assertProblem(node.delete(ORDERS + "?zone=z1"), 503, "no-leader");
        assertProblem(node.put(ORDERS + "/a?dryRun=true", "{\"host\":\"h\",\"port\":1}"), 503, "no-leader");
    }

    @Test
    void writesThatTheClusterDoesNotTakeSaySo() {
        assertOutcome(new NotSubmitted(Cause.NO_LEADER, "no leader"), 503, "no-leader", "1");
        assertOutcome(new NotSubmitted(Cause.OVERLOADED, "too many"), 503, "overloaded", "1");
        assertOutcome(new SubmitOutcome.Unknown("no answer"), 504, "outcome-unknown", null);
    }

    private void assertOutcome(SubmitOutcome outcome, int status, String code, String retryAfter) {
        node.cluster.outcomeOfAll = outcome;

        var reply = node.put(ORDERS + "/a", "{\"host\":\"h\",\"port\":1}");

        assertProblem(reply, status, code);
        assertThat(reply.header("Retry-After")).isEqualTo(retryAfter);
    }
}
