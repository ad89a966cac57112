package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that forgets: through its log, with all its parts. */
final class HistoryRetentionIT {

    private static final String HISTORY = "/api/v1/services/orders/history";

    @TempDir
    Path folder;

    @Test
    void theLeaderTellsItsDecisionsByNameAndForgetsWhatIsTooMuch() {
        try (WholeNode node = new WholeNode(folder, Map.of("history.max-size", "64KiB"))) {
            node.put("/api/v1/services/orders/instances/a", "{\"host\":\"h\",\"port\":1,\"ttl\":\"1s\"}");
            await().atMost(60, SECONDS).untilAsserted(() -> {
                JsonNode newest = node.get(HISTORY).json().path("events").path(0);
                assertThat(newest.path("operation").asText()).isEqualTo("lease-lapsed");
                assertThat(newest.path("actor").asText()).isEqualTo("leader:n1");
            });

            String large = "{\"host\":\"h\",\"port\":1,\"metadata\":{\"m\":\"" + "x".repeat(15_000) + "\"}}";
            for (int i = 0; i < 8; i++) {
                node.put("/api/v1/services/large/instances/a", large);
            }

            await().atMost(60, SECONDS)
                    .untilAsserted(() ->
                            assertThat(node.get(HISTORY).json().path("events")).isEmpty());
            String knownSince = node.get(HISTORY).json().path("knownSince").asText();
            assertThat(node.get("/api/v1/services/orders?at=2020-01-01T00:00:00Z")
                            .json()
                            .path("detail")
                            .asText())
                    .contains("must not lie before " + knownSince);
            assertThat(node.get("/api/v1/services/orders?status=any&at=" + knownSince)
                            .json()
                            .path("instances"))
                    .hasSize(1);
            assertThat(node.get("/api/v1/services/large/history").json().path("events"))
                    .hasSizeBetween(3, 5);
        }
    }

    @Test
    void aQuestionThatTakesTooMuchReadingSaysSo() {
        try (WholeNode node = new WholeNode(folder, Map.of("history.max-read", "1000", "canary.interval", "0s"))) {
            Instant empty = Instant.now();
            for (int round = 0; round < 3; round++) {
                StringJoiner registrations = new StringJoiner(",", "{\"instances\":[", "]}");
                for (int i = 0; i < 400; i++) {
                    registrations.add(
                            "{\"name\":\"orders\",\"id\":\"i" + i + "\",\"host\":\"h\",\"port\":" + (1 + round) + "}");
                }
                assertThat(node.post("/api/v1/registrations?takeover=true", registrations.toString())
                                .status())
                        .isEqualTo(200);
            }

            JsonNode refused = node.get("/api/v1/services/orders?at=" + empty).json();
            JsonNode answered =
                    node.get("/api/v1/services/orders?at=" + Instant.now()).json();

            assertThat(refused.path("status").asInt()).isEqualTo(400);
            assertThat(refused.path("detail").asText())
                    .contains("lies too far back: more than 1000 instances and events")
                    .contains("history.max-read");
            assertThat(answered.path("instances")).hasSize(400);
        }
    }
}
