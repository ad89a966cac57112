package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leader's canary on three whole nodes. */
final class CanaryIT {

    @TempDir
    Path folder;

    private static JsonNode json(ThreeNodes nodes, String id, String path) throws IOException {
        return Json.mapper().readTree(nodes.send(id, "GET", path, null).body());
    }

    @Test
    void everyNodeShowsHowLongARegistrationTakesToEachOfThem() throws Exception {
        try (var nodes = new ThreeNodes(folder, Map.of("ROLLCALL_CANARY_INTERVAL", "1s"))) {
            for (var id : nodes.running.keySet()) {
                await().atMost(60, SECONDS).untilAsserted(() -> {
                    var canary = json(nodes, id, "/api/v1/cluster/watch").path("canary");
                    assertThat(canary.path("leader").asText()).startsWith("n");
                    assertThat(canary.path("nodes")).hasSize(3).allSatisfy(node -> {
                        assertThat(node.path("samples").asInt()).isPositive();
                        assertThat(node.path("lastMillis").asDouble()).isPositive();
                        assertThat(node.path("p99Millis").asDouble())
                                .isGreaterThanOrEqualTo(node.path("p50Millis").asDouble());
                    });
                });
            }

            var services = nodes.send("n1", "GET", "/api/v1/services", null);
            assertThat(services.body()).isEqualTo("{\"index\":1,\"services\":[]}");
            assertThat(services.headers().firstValue("Registry-Index")).hasValue("1");
            assertThat(json(nodes, "n1", "/api/v1/stats").path("totalInstances").asInt())
                    .isZero();
            try (var all = nodes.watch("n1", "", 0)) {
                assertThat(all.next().type()).isEqualTo("sync");
            }
            assertThat(json(nodes, "n1", "/api/v1/services/canary?namespace=rollcall-system")
                            .path("instances"))
                    .isNotEmpty();
        }
    }

    @Test
    void canaryThatIsOffMeasuresNothingAndLeavesTheLogAlone() throws Exception {
        try (var node = new WholeNode(folder)) {
            assertThat(node.get("/api/v1/cluster/watch").json().path("canary").path("nodes"))
                    .isEmpty();
        }
    }
}
