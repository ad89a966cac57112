package io.rollcall.chaos.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Paths;
import io.rollcall.chaos.client.Answer;
import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.ClusterProcess;
import io.rollcall.chaos.cluster.NodeProcess;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the changes of the leader, as the nodes themselves tell of their terms. Thread-safe. */
final class LeaderWatch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 250;
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final ClusterProcess cluster;
    private final PlainClient probe = new PlainClient(TIMEOUT);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "leader-watch");
        created.setDaemon(true);
        return created;
    });
    private volatile long term;
    private final AtomicLong changes = new AtomicLong();

    LeaderWatch(ClusterProcess cluster) {
        this.cluster = cluster;
        var unused = thread.scheduleWithFixedDelay(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (NodeProcess node : cluster.running()) {
            Outcome outcome = probe.send(node.http(), ApiRequest.get(Paths.CLUSTER));
            if (outcome.hasStatus(200)) {
                JsonNode body = outcome.reply().map(Answer::body).orElseThrow();
                long seen = body.path("term").asLong();
                if (seen > term && body.path("leader").isTextual()) {
                    changes.addAndGet(term == 0 ? 0 : 1);
                    term = seen;
                }
            }
        }
    }

    long changes() {
        return changes.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
