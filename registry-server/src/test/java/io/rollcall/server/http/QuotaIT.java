package io.rollcall.server.http;

import static io.rollcall.server.http.RegistrationIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored has bounds, in a whole node. */
final class QuotaIT {

    private static final String GOOD = "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"0s\"}";

    @TempDir
    Path folder;

    private static String path(String service, String id) {
        return "/api/v1/services/" + service + "/instances/" + id;
    }

    @Test
    void quotasAreHeldToAndMakeRoomAgain() {
        var settings = Map.of(
                "quota.services-per-namespace", "2",
                "quota.instances-per-service", "3",
                "quota.instances-per-namespace", "4");
        try (var node = new WholeNode(folder, settings)) {
            for (var id : new String[] {"1", "2", "3"}) {
                assertThat(node.put(path("a", id), GOOD).status()).isEqualTo(201);
            }
            var refused = node.put(path("a", "4"), GOOD);
            assertProblem(refused, 403, "quota-exceeded");
            assertThat(refused.json().path("limit").asInt()).isEqualTo(3);
            // What is there already is no more.
            assertThat(node.put(path("a", "3"), GOOD).status()).isEqualTo(200);
            assertThat(node.put(path("b", "1"), GOOD).status()).isEqualTo(201);
            assertThat(node.put(path("b", "2"), GOOD).json().path("limit").asInt())
                    .isEqualTo(4);
            assertThat(node.put(path("c", "1"), GOOD).status()).isEqualTo(403);
            assertThat(node.put(path("c", "1") + "?namespace=other", GOOD).status())
                    .isEqualTo(201);

            node.send("DELETE", path("b", "1"), null);

            assertThat(node.put(path("c", "1"), GOOD).status()).isEqualTo(201);
            var batch = "{\"instances\":[{\"name\":\"d\",\"id\":\"1\",\"host\":\"10.0.0.1\",\"port\":80}]}";
            assertProblem(node.post("/api/v1/registrations", batch), 403, "quota-exceeded");
        }
    }
}
