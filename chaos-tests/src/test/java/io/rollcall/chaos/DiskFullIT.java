package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.disk.LoopDisks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Disks that are nearly full: what would fill them is refused, what makes room and what keeps alive is not. */
final class DiskFullIT {

    private static final int DISK_MEGABYTES = 96;

    /** Less than a twentieth of such a disk, and more than the node writes meanwhile. */
    private static final long LEFT_BYTES = 2L << 20;

    private static final String BODY = "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"%s\"}";

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void nearlyFullDisksTakeNothingMoreAndRecoverByThemselves() {
        Skip.unless(LoopDisks.missing());
        LoopDisks disks = LoopDisks.named("disk-full", DISK_MEGABYTES);
        try (ClusterProcess cluster =
                        ClusterProcess.start(ClusterOptions.named("disk-full").within(disks));
                SteadyBeats beats = new SteadyBeats(cluster.nodes(), 10, Duration.ofSeconds(3))) {
            cluster.awaitLeader();
            beats.start();
            URI node = cluster.nodes().get(0).http();
            assertThat(put(node, "stays", "0s").status()).isEqualTo(201);
            assertThat(put(node, "goes", "0s").status()).isEqualTo(201);
            assertThat(put(node, "dies", "2s").status()).isEqualTo(201);

            for (NodeProcess each : cluster.nodes()) {
                disks.fillBut(each, LEFT_BYTES);
            }

            for (NodeProcess each : cluster.nodes()) {
                await().atMost(20, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(put(each.http(), "more", "0s").text())
                                        .contains("503", "disk-full")
                                        .containsIgnoringCase("Retry-After"));
                assertThat(Hostile.send(
                                        each.http(),
                                        "PUT",
                                        "/api/v1/config/key",
                                        "Content-Type: text/plain\r\n",
                                        new byte[] {'x'})
                                .text())
                        .contains("disk-full");
            }
            assertThat(Hostile.send(node, "DELETE", path("goes"), "", new byte[0])
                            .status())
                    .isEqualTo(204);
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(Hostile.send(node, "GET", path("dies"), "", new byte[0])
                                    .body())
                            .contains("critical"));

            cluster.nodes().forEach(disks::free);

            for (NodeProcess each : cluster.nodes()) {
                await().atMost(20, TimeUnit.SECONDS)
                        .untilAsserted(
                                () -> assertThat(put(each.http(), "more", "0s").status())
                                        .isBetween(200, 201));
            }
            beats.assertNobodyWasLost();
        }
    }

    private static String path(String id) {
        return "/api/v1/services/full/instances/" + id;
    }

    private static Hostile.Reply put(URI node, String id, String ttl) {
        return Hostile.send(
                node,
                "PUT",
                path(id),
                "Content-Type: application/json\r\n",
                BODY.formatted(ttl).getBytes(StandardCharsets.UTF_8));
    }
}
