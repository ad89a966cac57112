package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first write to a node that says it is ready. */
final class FoundingIT {

    @TempDir
    Path folder;

    @Test
    void newNodeThatIsReadyTakesWritesOfTheNewestLevel() {
        try (var node = new WholeNode(folder)) {
            assertThat(node.put("/api/v1/config/a", "{}").status()).isEqualTo(201);
        }
    }

    @Test
    void eachNodeOfANewClusterThatIsReadyTakesWritesOfTheNewestLevel() throws Exception {
        try (var cluster = new ThreeNodes(folder, Map.of())) {
            for (var id : cluster.running.keySet()) {
                assertThat(cluster.send(id, "PUT", "/api/v1/config/" + id, "{}").statusCode())
                        .isEqualTo(201);
            }
        }
    }
}
