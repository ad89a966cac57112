package io.rollcall.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that has deleted keys forgotten: through the log, on all nodes, over a restart. */
final class ConfigForgettingIT {

    private static final String KEY = "/api/v1/config/orders/db.url";

    @TempDir
    Path folder;

    @Test
    void deletedKeyIsForgottenOnAllNodesAndItsIndexStays() throws Exception {
        var settings = Map.of("ROLLCALL_HISTORY_RETENTION", "1s", "ROLLCALL_CANARY_INTERVAL", "0s");
        try (var cluster = new ThreeNodes(folder, settings)) {
            for (int i = 0; i < 40; i++) {
                cluster.send("n1", "PUT", KEY, "{}");
            }
            var deleted =
                    index(cluster.send("n1", "DELETE", KEY, null).headers().firstValue("Registry-Index"));

            for (var id : cluster.running.keySet()) {
                await().atMost(60, SECONDS).untilAsserted(() -> {
                    var history = cluster.send(id, "GET", KEY + "?history=true", null);
                    assertThat(history.statusCode()).isEqualTo(404);
                    assertThat(index(history.headers().firstValue("Registry-Index")))
                            .isEqualTo(deleted);
                });
            }
            cluster.running.remove("n3").stop();
            cluster.start("n3");
            cluster.awaitReady("n3");
            assertThat(index(cluster.send("n3", "GET", "/api/v1/config", null)
                            .headers()
                            .firstValue("Registry-Index")))
                    .isEqualTo(deleted);
            assertThat(cluster.send("n3", "PUT", KEY, "{}").body()).contains("\"version\":1,");
        }
    }

    private static long index(Optional<String> header) {
        return Long.parseLong(header.orElseThrow());
    }
}
