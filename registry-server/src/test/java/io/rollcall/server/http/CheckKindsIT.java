package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rollcall.server.FreePort;
import io.rollcall.server.probe.FailingTarget;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real targets of each kind that fail and recover, as a reader of the registry sees them. */
final class CheckKindsIT {

    // Three failures in a row make critical, two successes passing; each shorter run is broken off by its opposite. A
    // verdict that needed one answer more would never come.
    private static final String SCRIPT = "+-++" + "--+---" + "+-++";
    // How long a target may be silent whose only bad answer is none; the others may take their time.
    private static final String SILENCE = "2s";
    private static final int PASSING_AT = 4;
    private static final int CRITICAL_AT = 10;
    private static final int PASSING_AGAIN_AT = 14;

    @TempDir
    Path folder;

    /** What a reader saw of one instance, and how often its target had been asked by then. */
    private record Seen(String status, int asked) {}

    @Test
    void targetsTurnAfterExactlyAsManyAnswers() throws Exception {
        try (var http = FailingTarget.http(SCRIPT);
                var https = FailingTarget.https(SCRIPT, folder);
                var udp = FailingTarget.udp(SCRIPT);
                var grpc = FailingTarget.grpc(SCRIPT);
                var node = new WholeNode(
                        folder.resolve("data"),
                        Map.of(
                                "checks.ca-file",
                                FailingTarget.authorityFile(folder).toString()))) {
            var targets = Map.of("http", http, "https", https, "udp", udp, "grpc", grpc);
            var seen = new TreeMap<String, List<Seen>>();
            targets.forEach((protocol, target) -> {
                seen.put(protocol, new ArrayList<>(List.of(new Seen("starting", 0))));
                register(node, protocol, target.port());
            });

            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> {
                        targets.forEach((protocol, target) -> look(node, protocol, target, seen.get(protocol)));
                        assertThat(seen.values())
                                .allSatisfy(story -> assertThat(story)
                                        .extracting(Seen::status)
                                        .containsExactly("starting", "passing", "critical", "passing"));
                    });
            assertThat(seen.values()).allSatisfy(story -> {
                assertThat(story.get(1).asked()).isGreaterThanOrEqualTo(PASSING_AT);
                assertThat(story.get(2).asked()).isGreaterThanOrEqualTo(CRITICAL_AT);
                assertThat(story.get(3).asked()).isGreaterThanOrEqualTo(PASSING_AGAIN_AT);
            });
        }
    }

    private static void look(WholeNode node, String protocol, FailingTarget target, List<Seen> story) {
        var status = status(node, protocol);
        if (!story.get(story.size() - 1).status().equals(status)) {
            story.add(new Seen(status, target.asked()));
        }
    }

    /** Nobody can count at a closed port, so that the time tells. */
    @Test
    void tcpTargetTurnsWhenItsPortClosesAndOpens() throws Exception {
        var port = FreePort.next();
        try (var node = new WholeNode(folder.resolve("data"))) {
            long closed;
            try (var open = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                register(node, "tcp", open.getLocalPort());
                awaitStatus(node, "tcp", "passing");
                closed = System.nanoTime();
            }
            awaitStatus(node, "tcp", "critical");
            assertThat(Duration.ofNanos(System.nanoTime() - closed)).isGreaterThan(Duration.ofMillis(1_900));

            try (var again = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                awaitStatus(node, "tcp", "passing");
                assertThat(again.getLocalPort()).isEqualTo(port);
            }
        }
    }

    private static void register(WholeNode node, String protocol, int port) {
        var registration = """
                {"host": "127.0.0.1", "port": %d, "protocol": "%s", "ttl": "0s",
                 "healthCheck": {"interval": "1s", "timeout": "%s", "retries": 3, "successes": 2}}""".formatted(port, protocol, protocol.equals("udp") ? SILENCE : "10s");
        assertThat(node.put("/api/v1/services/orders/instances/" + protocol, registration)
                        .status())
                .isEqualTo(201);
    }

    private static void awaitStatus(WholeNode node, String protocol, String status) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(status(node, protocol)).isEqualTo(status));
    }

    private static String status(WholeNode node, String protocol) {
        return node.get("/api/v1/services/orders/instances/" + protocol)
                .json()
                .path("status")
                .asText();
    }
}
