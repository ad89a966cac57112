package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expiry governor end to end on a node that leads: a service that falls silent at once is held, not buried. */
final class ExpiryIT {

    private static final String EXPIRY = "/api/v1/cluster/expiry";
    private static final int INSTANCES = 10;

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

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> declared(String schema) {
        return names(node.get("/api/v1/openapi.json").json().at("/components/schemas/" + schema + "/properties"));
    }

    private static void register(String service) {
        var items = IntStream.range(0, INSTANCES)
                .mapToObj(i -> "{\"name\":\"" + service + "\",\"id\":\"i" + i
                        + "\",\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"1s\"}")
                .collect(Collectors.joining(","));
        assertThat(node.post("/api/v1/registrations", "[" + items + "]").status())
                .isEqualTo(200);
    }

    private static void beat(String service) {
        var items = IntStream.range(0, INSTANCES)
                .mapToObj(i -> "{\"name\":\"" + service + "\",\"id\":\"i" + i + "\"}")
                .collect(Collectors.joining(","));
        assertThat(node.post("/api/v1/heartbeats", "[" + items + "]")
                        .json()
                        .path("renewed")
                        .asInt())
                .isEqualTo(INSTANCES);
    }

    private static JsonNode instances(String service) {
        return node.get("/api/v1/services/" + service).json().path("instances");
    }

    private static JsonNode held(String service) {
        return StreamSupport.stream(node.get(EXPIRY).json().path("perService").spliterator(), false)
                .filter(row -> row.path("name").asText().equals(service))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode awaitHeld(String service) {
        await().atMost(10, SECONDS).pollInterval(50, MILLISECONDS).untilAsserted(() -> {
            assertThat(held(service)).isNotNull();
            assertThat(held(service).path("held").asInt()).isEqualTo(INSTANCES);
        });
        return held(service);
    }

    /** The flag goes through the log, so that it comes a little after the hold. */
    private static void awaitSuspect(String service, boolean isSuspect) {
        await().atMost(5, SECONDS)
                .pollInterval(50, MILLISECONDS)
                .untilAsserted(() -> assertThat(instances(service))
                        .hasSize(INSTANCES)
                        .allSatisfy(instance ->
                                assertThat(instance.path("suspect").asBoolean()).isEqualTo(isSuspect)));
    }

    @Test
    void bothAnswersHaveTheDeclaredFields() {
        var look = node.get(EXPIRY);
        var release = node.send("POST", EXPIRY + "/release", null);

        assertThat(look.status()).isEqualTo(200);
        assertThat(names(look.json())).isEqualTo(declared("Expiry"));
        assertThat(look.json().path("mode").asText()).isIn("idle", "holding", "releasing");
        assertThat(release.status()).isEqualTo(200);
        assertThat(names(release.json())).isEqualTo(declared("Expiry"));
    }

    @Test
    void serviceThatFallsSilentAtOnceIsHeldUntilItIsReleased() {
        register("released");
        beat("released");

        var row = awaitHeld("released");

        assertThat(names(row)).isEqualTo(declared("ServiceExpiry"));
        assertThat(row.path("namespace").asText()).isEqualTo("default");
        assertThat(row.path("instances").asInt()).isEqualTo(INSTANCES);
        assertThat(row.path("overdue").asInt()).isEqualTo(INSTANCES);
        assertThat(row.path("reason").asText()).isNotEmpty();
        assertThat(Instant.parse(row.path("endsBy").asText()))
                .isAfter(Instant.parse(row.path("since").asText()));
        assertThat(node.get(EXPIRY).json().path("mode").asText()).isEqualTo("holding");
        awaitSuspect("released", true);
        assertThat(instances("released"))
                .hasSize(INSTANCES)
                .allSatisfy(
                        instance -> assertThat(instance.path("status").asText()).isEqualTo("passing"));

        assertThat(node.send("POST", EXPIRY + "/release", null).status()).isEqualTo(200);
        await().atMost(10, SECONDS)
                .pollInterval(50, MILLISECONDS)
                .untilAsserted(() -> assertThat(instances("released")).isEmpty());
    }

    @Test
    void heldInstancesThatBeatAreNotSuspectAnyMore() {
        register("healed");
        beat("healed");
        awaitHeld("healed");

        await().atMost(5, SECONDS).pollInterval(200, MILLISECONDS).untilAsserted(() -> {
            beat("healed");
            assertThat(instances("healed"))
                    .hasSize(INSTANCES)
                    .allSatisfy(instance ->
                            assertThat(instance.path("suspect").asBoolean()).isFalse());
            assertThat(held("healed")).isNull();
        });
    }
}
