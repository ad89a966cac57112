package io.rollcall.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationBuilder;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplanationsTest {

    private static final Asker ANYBODY = new Asker(true, "every caller may read");

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final CatalogView view = new CatalogView();
    private final Map<String, Removals.Removal> removals = new HashMap<>();
    private long lastHeartbeatMillis;
    private CheckCounts.@Nullable Counted counted;
    private long index;

    private final Explanations explanations = new Explanations(
            view,
            (key, incarnation) -> lastHeartbeatMillis,
            (key, incarnation) -> counted,
            key -> removals.get(key.id().value()),
            "n1",
            new ReadConsistency(new AlwaysCurrent(), "n1", Duration.ofSeconds(1)),
            InstantSource.fixed(NOON));

    private static RegistrationBuilder builder(String id) {
        return Registration.builder(InstanceKey.of("default", "orders", id))
                .address("10.0.0.1", 80)
                .zone("eu-1")
                .version("1.9")
                .tags(Map.of("env", "dev"));
    }

    private static HealthCheck check() {
        return new HealthCheck(
                CheckType.HTTP,
                "/health",
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                3,
                1,
                "GET",
                Collections.emptySortedMap(),
                null);
    }

    private void put(Registration registration, InstanceStatus status, String reason) {
        put(registration, status, reason, false, null);
    }

    private void put(
            Registration registration,
            InstanceStatus status,
            String reason,
            boolean leaseLapsed,
            @Nullable CheckState check) {
        index++;
        var instance = new Instance(
                registration, index, status, reason, NOON, null, false, NOON, index, index, leaseLapsed, check);
        view.changed(new ChangeBatch(index, index, 5_000, List.of(new InstanceChanged(index, null, instance))));
    }

    private JsonNode explain(String id, String... parametersAndValues) {
        var key =
                new InstanceKey(ORDERS, InstanceKey.of("default", "orders", id).id());
        return json(explanations.instance(key, query(parametersAndValues), ANYBODY));
    }

    private JsonNode count(String... parametersAndValues) {
        return json(explanations.service(ORDERS, query(parametersAndValues), ANYBODY));
    }

    private static CatalogQuery query(String... parametersAndValues) {
        var parameters = new HashMap<String, List<String>>();
        for (var i = 0; i < parametersAndValues.length; i += 2) {
            parameters.put(parametersAndValues[i], List.of(parametersAndValues[i + 1]));
        }
        return CatalogQuery.discovery(parameters);
    }

    private static JsonNode json(Explanations.Explanation explanation) {
        try {
            return Json.mapper().readTree(explanation.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode step(JsonNode explanation, String name) {
        return StreamSupport.stream(explanation.path("steps").spliterator(), false)
                .filter(step -> step.path("step").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> failing(JsonNode explanation) {
        return StreamSupport.stream(explanation.path("steps").spliterator(), false)
                .filter(step -> !step.path("ok").asBoolean())
                .map(step -> step.path("step").asText())
                .toList();
    }

    @Test
    void returnedInstancePassesAllStepsAndNeedsNoHint() {
        put(builder("a").build(), InstanceStatus.PASSING, "registered without a health check");
        lastHeartbeatMillis = NOON.minusMillis(4_100).toEpochMilli();

        var explanation = explain("a");

        assertThat(explanation.path("returned").asBoolean()).isTrue();
        assertThat(failing(explanation)).isEmpty();
        assertThat(explanation.path("hint").isNull()).isTrue();
        assertThat(explanation.path("node").asText()).isEqualTo("n1");
        assertThat(step(explanation, "lease").path("lastHeartbeatAgeMillis").asLong())
                .isEqualTo(4_100);
        assertThat(step(explanation, "lease").path("detail").asText())
                .isEqualTo("in force, last heard 4.1 s ago, the ttl is 30s");
    }

    @Test
    void lapsedLeaseIsToBlameForItsStatusAlone() {
        put(builder("a").build(), InstanceStatus.CRITICAL, "no heartbeat for 31000 ms, the lease is 30s", true, null);

        assertThat(failing(explain("a"))).containsExactly("lease", "status");
        assertThat(explain("a").path("hint").asText()).isEqualTo("it would be returned with status=any");
        assertThat(failing(explain("a", "status", "any"))).isEmpty();
        assertThat(step(explain("a", "status", "any"), "lease").path("lapsed").asBoolean())
                .isTrue();
    }

    @Test
    void failedCheckIsToldWithWhatTheLeaderCounted() {
        counted = new CheckCounts.Counted(3, 0);
        put(
                builder("a").healthCheck(check()).build(),
                InstanceStatus.CRITICAL,
                "health check failed: 503 in 12 ms",
                false,
                CheckState.CRITICAL);

        var health = step(explain("a"), "health");

        assertThat(failing(explain("a"))).containsExactly("health", "status");
        assertThat(health.path("failures").asInt()).isEqualTo(3);
        assertThat(health.path("check").asText()).isEqualTo("critical");
        assertThat(health.path("reason").asText()).isEqualTo("health check failed: 503 in 12 ms");
        assertThat(health.path("detail").asText())
                .startsWith("http check /health is critical since 2026-11-22T12:00:00.000Z: health check failed")
                .endsWith("; 3 of 3 failures in a row");
    }

    @Test
    void unprovenCheckIsNamedWhoeverAnswers() {
        put(builder("a").healthCheck(check()).build(), InstanceStatus.STARTING, "waiting for the first health check");

        var health = step(explain("a"), "health");

        assertThat(health.path("check").asText()).isEqualTo("unproven");
        assertThat(health.has("failures")).isFalse();
    }

    @Test
    void operatorsWordIsNoFaultOfLeaseOrHealth() {
        put(builder("a").build(), InstanceStatus.MAINTENANCE, "disk swap", true, null);

        var explanation = explain("a");

        assertThat(failing(explanation)).containsExactly("status");
        assertThat(step(explanation, "status").path("detail").asText())
                .contains("disk swap")
                .endsWith("; asked for is passing,warning");
    }

    @Test
    void everyStepThatFailsIsNamedAtOnce() {
        put(builder("a").build(), InstanceStatus.DRAINING, "");

        var explanation = explain(
                "a",
                "zone",
                "eu-2",
                "version",
                "2.0",
                "protocol",
                "grpc",
                "tag",
                "env:prod",
                "filter",
                "port == 80 and (version >= \"2.1\" and zone == \"eu-1\")");

        assertThat(failing(explanation)).containsExactly("status", "protocol", "zone", "version", "tags", "filter");
        assertThat(step(explanation, "zone").path("detail").asText()).isEqualTo("is eu-1, asked for is eu-2");
        assertThat(step(explanation, "tags").path("actual").asText()).isEqualTo("env:dev");
        assertThat(step(explanation, "filter").path("failed").asText()).isEqualTo("version >= \"2.1\"");
        assertThat(step(explanation, "filter").path("actual").asText()).isEqualTo("\"1.9\"");
        assertThat(explanation.path("hint").asText())
                .isEqualTo("it would be returned with status=any and without asking for protocol, zone, version, tags,"
                        + " filter");
    }

    @Test
    void removedInstanceIsToldFromOneThatNeverWas() {
        put(builder("a").build(), InstanceStatus.PASSING, "");
        removals.put("gone", new Removals.Removal(7, NOON));

        var gone = explain("gone");
        var never = explain("never");

        assertThat(step(gone, "exists").path("removedAt").asText()).isEqualTo("2026-11-22T12:00:00.000Z");
        assertThat(step(gone, "exists").path("incarnation").asLong()).isEqualTo(7);
        assertThat(gone.path("returned").asBoolean()).isFalse();
        assertThat(step(never, "exists").has("removedAt")).isFalse();
        assertThat(never.path("hint").asText()).isEqualTo("look at the id: registered are a");
    }

    @Test
    void someOfThoseThatAreRegisteredAreNamedBesideAMistypedId() {
        for (var id : List.of("g", "f", "e", "d", "c", "b", "a")) {
            put(builder(id).build(), InstanceStatus.PASSING, "");
        }

        assertThat(explain("aa").path("hint").asText())
                .isEqualTo("look at the id: registered are a, b, c, d, e and 2 more");
    }

    @Test
    void whatIsReturnedAndTakesNothingIsSaid() {
        put(builder("a").weight(0).build(), InstanceStatus.PASSING, "");

        assertThat(explain("a").path("hint").asText())
                .isEqualTo("it is returned with weight 0: load balancers send it nothing new");
    }

    @Test
    void serviceIsCountedStepByStep() {
        put(builder("a").build(), InstanceStatus.PASSING, "");
        put(builder("b").zone("eu-2").build(), InstanceStatus.PASSING, "");
        put(builder("c").build(), InstanceStatus.CRITICAL, "", true, null);
        put(builder("d").healthCheck(check()).build(), InstanceStatus.STARTING, "");
        put(builder("e").build(), InstanceStatus.MAINTENANCE, "");

        var counts = count("zone", "eu-1");

        assertThat(counts.path("registered").asInt()).isEqualTo(5);
        assertThat(counts.path("steps").toString())
                .isEqualTo("[{\"step\":\"acl\",\"passed\":5},{\"step\":\"lease\",\"passed\":4},"
                        + "{\"step\":\"health\",\"passed\":3},{\"step\":\"status\",\"passed\":2},"
                        + "{\"step\":\"zone\",\"passed\":1}]");
        assertThat(counts.path("returned").asInt()).isEqualTo(1);
        assertThat(counts.path("hint").isNull()).isTrue();
        assertThat(count("zone", "us-1").path("hint").asText())
                .isEqualTo("of 5 registered the last 2 went at zone; instance=ID explains one of them");
    }

    @Test
    void unknownServiceSaysWhereToLook() {
        assertThat(count().path("registered").asInt()).isZero();
        assertThat(count().path("index").asLong()).isEqualTo(1);
        assertThat(count().path("hint").asText()).contains("look at the name and the namespace");
    }
}
