package io.rollcall.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.chaos.cluster.ClusterOptions;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five times as many writes as the cluster can do, measured just before. What is too much is refused with a word when to come
 * back, and whoever lives goes on living.
 */
final class OverloadIT {

    private static final int TIMES = 5;

    /** What a cluster of three does with them, it does with more. */
    private static final int CALLERS = 64;

    private static final int CONNECTIONS_MIN = 1_500;
    private static final int CONNECTIONS_MAX = 6_000;

    private static final Set<Integer> ALLOWED = Set.of(200, 201, 429, 503, 504);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyHeartbeatIsAcknowledgedAtFiveTimesTheCapacity() {
        run("overload", 60, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    @Test
    @Tag("chaos")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void thousandInstancesLiveThroughAMinuteOfIt() {
        run("overload-long", 1_000, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    private static void run(String name, int instances, Duration ttl, Duration measured, Duration overloaded) {
        try (ClusterProcess cluster = ClusterProcess.start(options(name));
                SteadyBeats beats = new SteadyBeats(cluster.nodes(), instances, ttl)) {
            cluster.awaitLeader();
            List<URI> nodes = cluster.nodes().stream().map(NodeProcess::http).toList();
            RawLoad load = new RawLoad(nodes, OverloadIT::registration);
            beats.start();
            load.run(CALLERS, 0, measured);
            RawLoad.Answers quiet = load.run(CALLERS, 0, measured);
            double capacity = quiet.done() / (double) measured.toMillis() * 1_000;
            long longestBefore = beats.longestMillis();
            int connections = (int) Math.max(CONNECTIONS_MIN, Math.min(CONNECTIONS_MAX, capacity * 6 / 5));

            RawLoad.Answers answers = load.run(connections, capacity * TIMES, overloaded);

            Trial.LOG
                    .atInfo()
                    .addKeyValue("capacityPerSecond", Math.round(capacity))
                    .addKeyValue("connections", connections)
                    .addKeyValue("offered", answers)
                    .addKeyValue("donePerSecond", answers.done() * 1_000 / overloaded.toMillis())
                    .addKeyValue("beatsAcknowledged", beats.acknowledged())
                    .addKeyValue("longestBeatMillisBefore", longestBefore)
                    .addKeyValue("longestBeatMillis", beats.longestMillis())
                    .log("overloaded");
            beats.assertNobodyWasLost();
            assertThat(quiet.byStatus.keySet()).as("%s", quiet).allMatch(status -> status < 400);
            assertThat(answers.byStatus.keySet())
                    .as("%s: %s", answers, answers.oddities)
                    .isSubsetOf(ALLOWED);
            assertThat(answers.withoutRetryAfter).isEmpty();
            // Otherwise nothing was overloaded, and nothing was shown.
            assertThat(answers.refused()).as("refused of %s", answers).isPositive();
            assertThat(answers.done()).as("done of %s", answers).isPositive();
        }
    }

    private static ClusterOptions options(String name) {
        return ClusterOptions.named(name);
    }

    private static byte[] registration(int number) {
        String body = "{\"host\":\"10.0.0.1\",\"port\":80,\"ttl\":\"0s\"}";
        String text = "PUT /api/v1/services/load-" + number % 20 + "/instances/i-" + number % 2_000
                + "?takeover=true HTTP/1.1\r\n" + "Host: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
