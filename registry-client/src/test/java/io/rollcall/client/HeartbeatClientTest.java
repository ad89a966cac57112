package io.rollcall.client;

import static io.rollcall.client.fake.FakeNode.answer;
import static io.rollcall.client.fake.FakeNode.hangUp;
import static io.rollcall.client.fake.FakeNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.client.answer.DrainReport;
import io.rollcall.client.answer.ExpiryView;
import io.rollcall.client.answer.Renewal;
import io.rollcall.client.answer.RenewalTally;
import io.rollcall.client.fake.FakeNode;
import io.rollcall.client.fake.Samples;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeartbeatClientTest {

    private static final String RENEWED = "{\"ttl\":\"30s\",\"nextHeartbeat\":\"10s\"}";

    private final FakeNode node = new FakeNode();
    private final FakeNode other = new FakeNode();

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    private RegistryClient client() {
        return client(Duration.ofSeconds(5), node);
    }

    private RegistryClient client(Duration attemptTimeout, FakeNode... nodes) {
        RegistryClientBuilder builder =
                RegistryClient.builder().attemptTimeout(attemptTimeout).deadline(Duration.ofSeconds(20));
        for (var each : nodes) {
            builder.server(each.url());
        }
        return builder.build();
    }

    @Test
    void beatGoesOnWithTheNextNode() {
        node.then(problem(503, "no-leader", "Retry-After", "1"));
        other.then(answer(200, RENEWED));

        Renewal renewal;
        try (RegistryClient client = client(Duration.ofSeconds(5), node, other)) {
            renewal = client.heartbeat(new Heartbeat(Samples.KEY, 7)).orThrow();
        }

        assertThat(renewal).isEqualTo(new Renewal(Duration.ofSeconds(30), Duration.ofSeconds(10)));
        FakeNode.Request request = other.requests().get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.target()).isEqualTo("/api/v1/services/orders/instances/o-1/heartbeat?incarnation=7");
        assertThat(request.headers()).doesNotContainKey("idempotency-key");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void lostAnswerIsAskedForAgainAndNeverUnknown() {
        node.then(hangUp());
        other.then(hangUp()).then(hangUp()).then(answer(200, RENEWED));

        try (RegistryClient client = client(Duration.ofSeconds(5), node, other)) {
            assertThat(client.heartbeat(Heartbeat.of(Samples.KEY))).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void refusalsSayWhatToDo() {
        node.then(answer(
                404, "{\"code\":\"instance-not-found\",\"status\":404,\"detail\":\"gone\",\"action\":\"reregister\"}"));

        try (RegistryClient client = client()) {
            assertThat(client.heartbeat(Heartbeat.of(Samples.KEY)))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.refusal().is(ErrorCode.INSTANCE_NOT_FOUND))
                                .isTrue();
                        assertThat(refused.refusal().members()).containsEntry("action", "reregister");
                    });
        }
        assertThat(node.requests()).hasSize(1);
    }

    @Test
    void batchIsSentAsOneAndReadWithItsFailures() throws Exception {
        node.then(answer(
                200,
                "{\"renewed\":1,\"failed\":[{\"name\":\"orders\",\"id\":\"o-2\",\"code\":\"stale-incarnation\","
                        + "\"action\":\"stop\",\"incarnation\":9}],\"ttl\":\"30s\",\"nextHeartbeat\":\"10s\"}"));

        RenewalTally tally;
        try (RegistryClient client = client()) {
            tally = client.heartbeats(List.of(
                            Heartbeat.of(InstanceKey.of("blue", "orders", "o-1")),
                            new Heartbeat(InstanceKey.of("blue", "orders", "o-2"), 7)))
                    .orThrow();
        }

        FakeNode.Request request = node.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/v1/heartbeats?namespace=blue");
        assertThat(Json.mapper().readTree(request.body()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"instances\":[{\"name\":\"orders\",\"id\":\"o-1\"},"
                                + "{\"name\":\"orders\",\"id\":\"o-2\",\"incarnation\":7}]}"));
        assertThat(tally.renewed()).isEqualTo(1);
        assertThat(tally.nextHeartbeat()).isEqualTo(Duration.ofSeconds(10));
        assertThat(tally.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.is(ErrorCode.STALE_INCARNATION)).isTrue();
            assertThat(failed.action()).isEqualTo("stop");
            assertThat(failed.incarnation()).isEqualTo(9);
        });
    }

    @Test
    void batchThatRenewedNothingHasNoPace() {
        node.then(answer(200, "{\"renewed\":0,\"failed\":[]}"));

        try (RegistryClient client = client()) {
            RenewalTally tally =
                    client.heartbeats(List.of(Heartbeat.of(Samples.KEY))).orThrow();
            assertThat(tally.ttl()).isNull();
            assertThat(tally.nextHeartbeat()).isNull();
        }
    }

    @Test
    void badBatchesAreNotSent() {
        var elsewhere = Heartbeat.of(InstanceKey.of("b", "orders", "o-1"));

        try (RegistryClient client = client()) {
            for (var bad : List.of(
                    List.<Heartbeat>of(),
                    List.of(Heartbeat.of(Samples.KEY), elsewhere),
                    Collections.nCopies(10_001, elsewhere))) {
                assertThatThrownBy(() -> client.heartbeats(bad)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThatThrownBy(() -> new Heartbeat(Samples.KEY, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void drainWaitsLongerThanOtherCalls() {
        node.then(exchange -> {
            var late = new CompletableFuture<Void>().completeOnTimeout(null, 900, TimeUnit.MILLISECONDS);
            late.join();
            answer(200, "{\"acknowledged\":1,\"laggards\":[\"s-1\"]}", "Registry-Index", "9")
                    .play(exchange);
        });

        try (RegistryClient client = client(Duration.ofMillis(500), node)) {
            DrainReport drained = client.operations()
                    .drain(Samples.KEY, Duration.ofSeconds(10), "why", WriteOptions.none())
                    .orThrow();
            assertThat(drained).isEqualTo(new DrainReport(1, List.of("s-1")));
            assertThat(client.highestWritten()).isEqualTo(9);
        }
        assertThat(node.requests()).hasSize(1);
        assertThat(node.requests().get(0).target()).endsWith("/instances/o-1/drain?wait=10s");
        assertThat(node.requests().get(0).headers()).containsKey("idempotency-key");
    }

    @Test
    void expiryIsReadAndReleased() {
        node.then(answer(
                200,
                "{\"mode\":\"holding\",\"reason\":\"r\",\"since\":\"s\",\"endsBy\":\"e\",\"candidates\":4,\"held\":3,"
                        + "\"perService\":[{\"name\":\"orders\",\"namespace\":\"blue\",\"instances\":4,\"overdue\":3,"
                        + "\"held\":3,\"reason\":\"r\",\"since\":\"s\",\"endsBy\":\"e\"}],\"figures\":{}}"));

        try (RegistryClient client = client()) {
            ExpiryView expiry = client.operations().expiry().orThrow();
            assertThat(expiry.held()).isEqualTo(3);
            assertThat(expiry.services())
                    .containsExactly(new ExpiryView.Held("blue", "orders", 4, 3, 3, "r", "s", "e"));
            assertThat(client.operations().releaseExpiry().orThrow()).isEqualTo(expiry);
        }
        assertThat(node.requests()).extracting(FakeNode.Request::method).containsExactly("GET", "POST");
    }
}
